// Command yaml reads YAML as Kubernetes' own clients do, with sigs.k8s.io/yaml.
//
//	yaml files     names of files on stdin, one a line; prints {"path", "object"} a line
//	yaml strings   JSON lines {"want", "value_doc", "key_doc", "item_doc"} on stdin;
//	               prints {"passed", "failed", "failures"} once
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("say `files` or `strings`"))
	}
	var err error
	switch os.Args[1] {
	case "files":
		err = files(os.Stdin, os.Stdout)
	case "strings":
		err = stringsCome(os.Stdin, os.Stdout)
	default:
		err = fmt.Errorf("no mode named %q: say `files` or `strings`", os.Args[1])
	}
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// secondDocument is a separator after the first byte of content.
var secondDocument = regexp.MustCompile(`(?s)\S.*\n---(\s|$)`)

func files(in io.Reader, out io.Writer) error {
	encoder := json.NewEncoder(out)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		path := lines.Text()
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if secondDocument.Match(text) {
			return fmt.Errorf("%s: holds more than one document; the tree has one object a file", path)
		}
		object := map[string]any{}
		if err := yaml.UnmarshalStrict(text, &object); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := encoder.Encode(map[string]any{"path": path, "object": object}); err != nil {
			return err
		}
	}
	return lines.Err()
}

type emitted struct {
	Want  string `json:"want"`
	Value string `json:"value_doc"`
	Key   string `json:"key_doc"`
	Item  string `json:"item_doc"`
}

func stringsCome(in io.Reader, out io.Writer) error {
	passed := 0
	failures := []string{}
	judge := func(where, text, want string, read func([]byte) (any, error)) {
		got, err := read([]byte(text))
		if err == nil && got == any(want) {
			passed++
			return
		}
		failures = append(failures, fmt.Sprintf("%q as %s came back as %#v (%v) from %q", want, where, got, err, text))
	}
	decoder := json.NewDecoder(in)
	for {
		var e emitted
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		judge("a value", e.Value, e.Want, func(text []byte) (any, error) {
			m := map[string]any{}
			err := yaml.UnmarshalStrict(text, &m)
			return m["k"], err
		})
		judge("a key", e.Key, e.Want, func(text []byte) (any, error) {
			m := map[string]any{}
			err := yaml.UnmarshalStrict(text, &m)
			for k := range m {
				if len(m) == 1 {
					return k, err
				}
			}
			return nil, errors.Join(err, fmt.Errorf("%d keys", len(m)))
		})
		judge("an item", e.Item, e.Want, func(text []byte) (any, error) {
			l := []any{}
			err := yaml.UnmarshalStrict(text, &l)
			if len(l) != 1 {
				return nil, errors.Join(err, fmt.Errorf("%d items", len(l)))
			}
			return l[0], err
		})
	}
	return json.NewEncoder(out).Encode(map[string]any{"passed": passed, "failed": len(failures), "failures": failures})
}
