// Command helm renders a chart that lies in a folder, with Helm's own loader and engine.
//
//	helm FOLDER   {"release", "namespace", "chartVersion", "kubeVersion", "values"} on stdin;
//	              prints {"missing": [...]} and then {"path", "object"} a line
//
// `missing` are charts that the chart asks for and its folder does not hold: they lie in repositories. What would be a hook is an
// object like any other: Argo CD applies it, too.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	"sigs.k8s.io/yaml"
)

type request struct {
	Release      string         `json:"release"`
	Namespace    string         `json:"namespace"`
	ChartVersion string         `json:"chartVersion"`
	KubeVersion  string         `json:"kubeVersion"`
	Values       map[string]any `json:"values"`
}

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("say the chart's folder"))
	}
	if err := render(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func render(folder string, in io.Reader, out io.Writer) error {
	var asked request
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return err
	}
	chart, err := loader.LoadDir(folder)
	if err != nil {
		return err
	}
	// A release tool writes the versions; the folder in the repository may not have them.
	if chart.Metadata.Version == "v0.0.0" {
		chart.Metadata.Version = asked.ChartVersion
		chart.Metadata.AppVersion = asked.ChartVersion
	}
	if chart.Metadata.Version != asked.ChartVersion {
		return fmt.Errorf("the folder holds version %s of %s, and %s is declared", chart.Metadata.Version, chart.Name(), asked.ChartVersion)
	}
	encoder := json.NewEncoder(out)
	there := map[string]bool{}
	for _, dependency := range chart.Dependencies() {
		there[dependency.Name()] = true
	}
	missing := []string{}
	for _, dependency := range chart.Metadata.Dependencies {
		if !there[dependency.Name] {
			missing = append(missing, dependency.Name)
		}
	}
	if err := encoder.Encode(map[string]any{"missing": missing}); err != nil {
		return err
	}
	if err := chartutil.ProcessDependencies(chart, asked.Values); err != nil {
		return err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	version, err := chartutil.ParseKubeVersion(asked.KubeVersion)
	if err != nil {
		return err
	}
	capabilities.KubeVersion = *version
	release := chartutil.ReleaseOptions{Name: asked.Release, Namespace: asked.Namespace, Revision: 1, IsInstall: true}
	values, err := chartutil.ToRenderValues(chart, asked.Values, release, capabilities)
	if err != nil {
		return err
	}
	files, err := engine.Render(chart, values)
	if err != nil {
		return err
	}
	for _, definition := range chart.CRDObjects() {
		files[definition.Filename] = string(definition.File.Data)
	}
	names := make([]string, 0, len(files))
	for name := range files {
		if !strings.HasSuffix(name, ".txt") && !strings.HasPrefix(path.Base(name), "_") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		if err := documents(name, files[name], encoder); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func documents(name, text string, encoder *json.Encoder) error {
	manifests := releaseutil.SplitManifests(text)
	keys := make([]string, 0, len(manifests))
	for key := range manifests {
		keys = append(keys, key)
	}
	sort.Sort(releaseutil.BySplitManifestsOrder(keys))
	for _, key := range keys {
		var object map[string]any
		if err := yaml.Unmarshal([]byte(manifests[key]), &object); err != nil {
			return err
		}
		if len(object) > 0 {
			if err := encoder.Encode(map[string]any{"path": name, "object": object}); err != nil {
				return err
			}
		}
	}
	return nil
}
