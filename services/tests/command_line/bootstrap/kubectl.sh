#!/bin/sh
# A stand-in for kubectl: it writes down how it was called, and answers for a cluster that is a directory, $FAKE.
set -eu
printf 'kubectl %s\n' "$*" >>"$FAKE/calls"
! grep -qF -e "$(cat "$FAKE/fails" 2>/dev/null || echo nothing-fails)" <<END || { echo "the stand-in was told to fail" >&2; exit 1; }
kubectl $*
END
[ "$1" = config ] || { [ "$1" = --context ] && shift 2; }

# What an object is known by: its file, or what came on standard input.
names() {
  while [ $# -gt 0 ]; do
    case $1 in
    --filename)
      shift
      if [ "$1" = - ]; then cksum | tr ' ' _; else [ -s "$1" ] && printf '%s\n' "$1" | tr '/ ' __; fi
      ;;
    esac
    shift
  done
}

case $* in
"config view"*"--context lab "*) echo https://192.168.1.10:6443 ;;
"config view"*) exit 1 ;;
"get --raw /version") printf '{\n  "minor": "35",\n  "gitVersion": "%s"\n}\n' "$(cat "$FAKE/version")" ;;
"get nodes"*Ready*) printf 'a True\nb True\nc %s\n' "$(cat "$FAKE/ready")" ;;
"get nodes"*InternalIP*) printf '192.168.1.11\n192.168.1.12\n%s\n' "$(cat "$FAKE/node")" ;;
"get nodes"*podCIDR*) printf '10.42.0.0/24\n%s\n' "$(cat "$FAKE/pods")" ;;
"get pods"*k8s-app=kube-dns*) cat "$FAKE/dns" ;;
"get service kubernetes"*) cat "$FAKE/service" ;;
"get endpointslices"*) cat "$FAKE/servers" ;;
"get configmap cilium-config"*) cat "$FAKE/cilium" ;;
"get customresourcedefinition"*) cat "$FAKE/gateway" ;;
diff*)
  names "$@" >"$FAKE/names"
  while read -r name; do [ -e "$FAKE/applied/$name" ] || exit 1; done <"$FAKE/names"
  ;;
apply*)
  names "$@" >"$FAKE/names"
  [ -s "$FAKE/names" ] || exit 1
  while read -r name; do : >"$FAKE/applied/$name"; done <"$FAKE/names"
  ;;
"create secret generic"*/dev/stdin)
  [ ! -e "$FAKE/secret-$4" ] || exit 1
  cat >"$FAKE/secret-$4"
  ;;
"get secret "*"--output name") [ -e "$FAKE/secret-$3" ] ;;
"get secret "*go-template*) head -c 1 "$FAKE/secret-$3" ;;
"delete secret "*) rm -f "$FAKE/secret-$3" ;;
"get applications.argoproj.io root"*) ls "$FAKE/applied" | grep -q application-root.yaml ;;
"get applications.argoproj.io chart.argocd"*) [ -e "$FAKE/adopted" ] ;;
"get applications.argoproj.io "*custom-columns*) cat "$FAKE/applications" ;;
"get applications.argoproj.io "*) ;;
"get deployments,statefulsets,daemonsets"*) echo deployment.apps/one ;;
"get namespaces "*"items[0]"*) cat "$FAKE/service-tier" ;;
"create configmap"*--dry-run=server) cat "$FAKE/marker" >&2; exit 1 ;;
"get validatingpolicies"*) echo validatingpolicy/one ;;
"get validatingwebhookconfiguration "*) cat "$FAKE/webhooks" ;;
"get namespaces "* | "get appprojects.argoproj.io/root "* | "get deployments "* | wait* | rollout* | delete*) ;;
*)
  echo "the stand-in does not know: $*" >&2
  exit 64
  ;;
esac
