// Command cyclonus says what NetworkPolicies allow, by the evaluator of the project of that name.
//
// On stdin it takes one JSON object:
//
//	policies   NetworkPolicies, as Kubernetes writes them
//	peers      who talks: {"namespace", "namespaceLabels", "labels", "ip"}; without a namespace it is outside of the cluster
//	questions  [from, to, port, protocol], the first two being numbers of peers
//
// On stdout it prints one JSON list with a pair for each question: whether the end that is called lets it in, and whether the one
// that calls lets it out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
)

type peer struct {
	Namespace       string            `json:"namespace"`
	NamespaceLabels map[string]string `json:"namespaceLabels"`
	Labels          map[string]string `json:"labels"`
	IP              string            `json:"ip"`
}

type question struct {
	from, to, port int
	protocol       core.Protocol
}

func (q *question) UnmarshalJSON(text []byte) error {
	parts := []any{&q.from, &q.to, &q.port, &q.protocol}
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if len(parts) != 4 {
		return fmt.Errorf("a question has four parts: %s", text)
	}
	return nil
}

type request struct {
	Policies  []*networking.NetworkPolicy `json:"policies"`
	Peers     []peer                      `json:"peers"`
	Questions []question                  `json:"questions"`
}

func main() {
	if err := answer(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(in io.Reader, out io.Writer) error {
	var asked request
	decoder := json.NewDecoder(bufio.NewReader(in))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return err
	}
	policies := matcher.BuildNetworkPolicies(true, asked.Policies)
	peers := make([]*matcher.TrafficPeer, len(asked.Peers))
	for i, one := range asked.Peers {
		peers[i] = one.traffic()
	}
	answers := make([][2]bool, len(asked.Questions))
	for i, one := range asked.Questions {
		if one.from < 0 || one.from >= len(peers) || one.to < 0 || one.to >= len(peers) {
			return fmt.Errorf("question %d names a peer that is not there", i)
		}
		verdict := policies.IsTrafficAllowed(&matcher.Traffic{
			Source:       peers[one.from],
			Destination:  peers[one.to],
			ResolvedPort: one.port,
			Protocol:     one.protocol,
		})
		answers[i] = [2]bool{verdict.Ingress.IsAllowed(), verdict.Egress.IsAllowed()}
	}
	return json.NewEncoder(out).Encode(answers)
}

func (p peer) traffic() *matcher.TrafficPeer {
	if p.Namespace == "" {
		return &matcher.TrafficPeer{IP: p.IP}
	}
	return &matcher.TrafficPeer{
		IP: p.IP,
		Internal: &matcher.InternalPeer{
			PodLabels:       p.Labels,
			NamespaceLabels: p.NamespaceLabels,
			Namespace:       p.Namespace,
		},
	}
}
