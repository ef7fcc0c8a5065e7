#!/bin/sh
# Cluster «cluster»: the path from an empty cluster to GitOps, in order.
#
# `casemate bootstrap` prints it from the declaration: print it again when that changes, and do not edit it. No secret stands in it,
# and none is written to a file, given as an argument or printed by it.
#
#   KUBE_CONTEXT=NAME sh bootstrap.sh             each step that is not done yet; the first that fails stops it
#   KUBE_CONTEXT=NAME sh bootstrap.sh STEP ..     these steps
#   KUBE_CONTEXT=NAME sh bootstrap.sh status      which steps are done; changes nothing
#   KUBE_CONTEXT=NAME sh bootstrap.sh undo STEP   takes one step back
#   KUBE_CONTEXT=NAME sh bootstrap.sh unmeshed    lists running pods of services without a proxy; changes nothing
«% if kyverno %»
#   KUBE_CONTEXT=NAME sh bootstrap.sh break-glass when Kyverno keeps the platform from being repaired: see `break_glass`
#   KUBE_CONTEXT=NAME sh bootstrap.sh mend        when Kyverno is back
«% endif %»
#
# The steps:
#   check        tools, cluster and checkout are as declared; changes nothing
#   namespaces   the namespaces in which something is installed by hand, at their Pod Security levels
«% if one_password %»
#   credentials  the Secret of 1Password Connect, from standard input
#   token        the Secret of its operator, from standard input
#   onepassword  the operator, by Helm: the one component outside of GitOps
«% endif %»
#   argocd       Argo CD, with the values with which it keeps itself from then on
#   root         the project and the Application `root`: from here on, Git says what runs
#   gitops       waits until Argo CD has read it, and says what is not well yet
#
# Each step is four functions: STEP_done reads whether it is done, STEP_do does it, STEP_check reads whether it worked, STEP_undo takes
# it back. A second run finds every step done and changes nothing.
#
# Run it in the root of a checkout of «repository», branch «branch»,
# after what is rendered was pushed: Argo CD reads the repository, not the checkout.
«% if one_password %»
#
# The two secrets are read where nobody else sees them: from standard input, each by its step,
#
#   op read 'op://VAULT/ITEM/1password-credentials.json' | KUBE_CONTEXT=NAME sh bootstrap.sh credentials
#   op read 'op://VAULT/ITEM/credential' | KUBE_CONTEXT=NAME sh bootstrap.sh token
#
# or by `op` itself, where OP_CREDENTIALS and OP_TOKEN name such references. A reference is no secret.
«% endif %»
#
# It ends with 0 when all is done, with 1 when a step failed and with 2 when it was not told what to do.

set -eu
LC_ALL=C
export LC_ALL
# `kubectl diff` says by how it ends whether anything differs: no other program may answer for it.
unset KUBECTL_EXTERNAL_DIFF

# The checkout, and the tree of this cluster in it.
CHECKOUT=${CHECKOUT:-.}
TREE=$CHECKOUT/«tree|quoted»
# How long anything may take.
TIMEOUT=${TIMEOUT:-10m}

STEPS='«steps»'

say() { printf '%s\n' "$*"; }
stop() { printf 'error: %s\n' "$*" >&2; exit 1; }
usage() { printf 'error: %s\n' "$*" >&2; exit 2; }

# Every call names the context: what kubectl and Helm would take for the current one is never asked.
kube() { kubectl --context "$KUBE_CONTEXT" "$@"; }
«% if helm %»
charts() { helm --kube-context "$KUBE_CONTEXT" "$@"; }
«% endif %»

# Waits until everything that runs in a namespace is ready; a namespace in which nothing runs is not.
rolled_out() {
  workloads=$(kube get deployments,statefulsets,daemonsets --namespace "$1" --output name) || return 1
  [ -n "$workloads" ] || return 1
  for workload in $workloads; do
    kube rollout status "$workload" --namespace "$1" --timeout "$TIMEOUT" || return 1
  done
}
