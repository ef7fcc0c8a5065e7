// Asks Kyverno's own engine about requests that its command cannot make up: of a certain account, from a certain object to
// another one, about a subresource.
//
// The argument is a folder of policies. On standard input it reads an array of requests, as the API server would send them, each
// beside the Namespace that it is in; on standard output it writes what each policy said of each request. A policy that does not
// compile, or a kind that it does not know, ends it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	policiesv1beta1 "github.com/kyverno/api/api/policies.kyverno.io/v1beta1"
	"github.com/kyverno/kyverno/pkg/cel/engine"
	"github.com/kyverno/kyverno/pkg/cel/libs"
	"github.com/kyverno/kyverno/pkg/cel/matching"
	gpol "github.com/kyverno/kyverno/pkg/cel/policies/gpol/compiler"
	mpol "github.com/kyverno/kyverno/pkg/cel/policies/mpol/compiler"
	mpolengine "github.com/kyverno/kyverno/pkg/cel/policies/mpol/engine"
	vpol "github.com/kyverno/kyverno/pkg/cel/policies/vpol/compiler"
	vpolengine "github.com/kyverno/kyverno/pkg/cel/policies/vpol/engine"
	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/openapi"
	"sigs.k8s.io/yaml"
)

// A request, and the namespace that it is in.
type question struct {
	Namespace *corev1.Namespace            `json:"namespace"`
	Request   admissionv1.AdmissionRequest `json:"request"`
}

// What a policy said.
type verdict struct {
	Policy  string `json:"policy"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

// What all of them said, and the object as they would have it.
type answer struct {
	Verdicts []verdict      `json:"verdicts"`
	Patched  map[string]any `json:"patched,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("one argument: a folder of policies")
	}
	validating, mutating, err := policies(os.Args[1])
	if err != nil {
		return err
	}
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		return fmt.Errorf("standard input is no array of requests: %w", err)
	}
	validates, err := vpolengine.NewProvider(vpol.NewCompiler(), validating, nil)
	if err != nil {
		return err
	}
	offline := libs.NewFakeContextProvider()
	mutates, err := mpolengine.NewProvider(mpol.NewCompiler(), mutating, nil, offline)
	if err != nil {
		return err
	}
	answers := make([]answer, 0, len(questions))
	for i := range questions {
		answer, err := ask(&questions[i], validates, mutates, offline)
		if err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		answers = append(answers, answer)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func ask(question *question, validates vpolengine.Provider, mutates mpolengine.Provider, offline libs.Context) (answer, error) {
	find := func(string) *corev1.Namespace { return question.Namespace }
	request := engine.RequestFromAdmission(offline, question.Request)
	answer := answer{Verdicts: []verdict{}}
	validated, err := vpolengine.NewEngine(validates, namespace(find), matching.NewMatcher()).Handle(context.Background(), request, nil)
	if err != nil {
		return answer, err
	}
	for _, policy := range validated.Policies {
		for _, rule := range policy.Rules {
			answer.Verdicts = append(answer.Verdicts, verdict{policy.Policy.GetName(), string(rule.Status()), rule.Message()})
		}
	}
	converters := mpol.NewStaticTypeConverterManager(noOpenAPI{})
	mutated, err := mpolengine.NewEngine(mutates, namespace(find), matching.NewMatcher(), converters, offline).Handle(context.Background(), request, nil)
	if err != nil {
		return answer, err
	}
	for _, policy := range mutated.Policies {
		for _, rule := range policy.Rules {
			answer.Verdicts = append(answer.Verdicts, verdict{policy.Policy.GetName(), "mutation: " + string(rule.Status()), rule.Message()})
		}
	}
	if mutated.PatchedResource != nil {
		answer.Patched = mutated.PatchedResource.Object
	}
	return answer, nil
}

func namespace(find func(string) *corev1.Namespace) engine.NamespaceResolver {
	return find
}

// JSON patches need no types.
type noOpenAPI struct{}

func (noOpenAPI) Paths() (map[string]openapi.GroupVersion, error) {
	return map[string]openapi.GroupVersion{}, nil
}

func policies(folder string) (validating []policiesv1beta1.ValidatingPolicyLike, mutating []policiesv1beta1.MutatingPolicyLike, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, nil, err
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("no policies in %s", folder)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		var of runtime.TypeMeta
		if err := yaml.Unmarshal(text, &of); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		switch of.Kind {
		case "ValidatingPolicy":
			policy := &policiesv1beta1.ValidatingPolicy{}
			err = yaml.UnmarshalStrict(text, policy)
			validating = append(validating, policy)
		case "MutatingPolicy":
			policy := &policiesv1beta1.MutatingPolicy{}
			err = yaml.UnmarshalStrict(text, policy)
			mutating = append(mutating, policy)
		case "GeneratingPolicy":
			policy := &policiesv1beta1.GeneratingPolicy{}
			if err = yaml.UnmarshalStrict(text, policy); err == nil {
				_, errs := gpol.NewCompiler().Compile(policy, nil)
				err = errs.ToAggregate()
			}
		default:
			err = fmt.Errorf("kind %q is no policy", of.Kind)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return validating, mutating, nil
}
