
# --- when something is away ------------------------------------------------------------------------------------------------------
#
# Argo CD has lost its root (somebody deleted it): do the step `root` again. No Application was owned by it in a way that takes it along.
# The namespace of Argo CD is gone: do `namespaces`, `argocd` and `root` again.
#
# Linkerd's injector is away: nothing has to be broken. Its webhook is skipped then, and the namespaces of certificates and of the mesh itself
# do not ask it at all, so that it can come back by itself. What starts meanwhile has no proxy: nobody in the mesh lets it in«% if kyverno %», and among
# services Kyverno refuses it where the cluster's policies are rendered«% endif %». Afterwards, this lists the running pods without one, which are
# to be restarted (pods of databases have none at any time):
#
#   KUBE_CONTEXT=NAME sh bootstrap.sh unmeshed
«% if kyverno %»
#
# Kyverno is away: where its policies do not fail closed (the platform) the API server goes on without it, if slowly; where they do (the
# services) nothing starts, and what runs goes on. Most often it is enough to let it come back:
#
#   kubectl --context NAME rollout restart deployment --namespace «kyverno.namespace»
#
# `break-glass` is for when it does not, or when it answers and refuses what it should not. It shuts the service tier by the API server's own
# means, which need no webhook, sees that it is shut, and only then deletes Kyverno's webhook configurations: the platform can be repaired, and
# nothing that nobody judged enters among services. What runs there goes on. Kyverno makes its configurations anew when it is back;
# `mend` waits for that, sees it, and opens the service tier again.
#
# Do not scale Kyverno to nothing to get it out of the way: it deletes its configurations itself then, and the service tier is open.
«% endif %»

unmeshed() {
  for namespace in $(kube get namespaces --selector casemate.dev/tier=services --output jsonpath='{.items[*].metadata.name}'); do
    kube get pods --namespace "$namespace" --output jsonpath='{range .items[?(@.status.phase=="Running")]}{.metadata.namespace}/{.metadata.name}: {.spec.initContainers[*].name} {.spec.containers[*].name}{"\n"}{end}'
  done | awk -F: 'NF && $2 !~ / linkerd-proxy( |$)/ { print $1 }'
}
«% if kyverno %»

shut() {
  cat <<'END_OF_OBJECTS'
«kyverno.shut»END_OF_OBJECTS
}

break_glass() {
  shut | kube apply --server-side --field-manager casemate --filename - ||
    stop "the service tier could not be shut, and so Kyverno's webhooks stay: if it is a webhook that refuses this, delete that one alone, kubectl --context $KUBE_CONTEXT get validatingwebhookconfigurations"
  namespace=$(kube get namespaces --selector casemate.dev/tier=services --output jsonpath='{.items[0].metadata.name}' 2>/dev/null) || namespace=
  if [ -n "$namespace" ]; then
    tries=0
    # A marker that is refused shows that the policy is in force; it is never made.
    until kube create configmap «kyverno.marker» --namespace "$namespace" --dry-run=server 2>&1 | grep -q «kyverno.marker|quoted»'.*denied'; do
      tries=$((tries + 1))
      [ "$tries" -lt 30 ] || stop "the service tier is not shut, and so Kyverno's webhooks stay: kubectl --context $KUBE_CONTEXT describe validatingadmissionpolicy «kyverno.marker»"
      sleep 1
    done
  fi
  kube delete validatingwebhookconfigurations,mutatingwebhookconfigurations --selector webhook.kyverno.io/managed-by=kyverno
  say "The service tier is shut, and Kyverno is asked nothing. Repair the platform; then: KUBE_CONTEXT=$KUBE_CONTEXT sh $0 mend"
}

mend() {
  rolled_out «kyverno.namespace|quoted» || stop "Kyverno is not ready: the service tier stays shut. kubectl --context $KUBE_CONTEXT get pods --namespace «kyverno.namespace»"
  if [ -n "$(kube get validatingpolicies.policies.kyverno.io --output name 2>/dev/null)" ]; then
    webhooks=$(kube get validatingwebhookconfiguration kyverno-resource-validating-webhook-cfg --ignore-not-found --output jsonpath='{.webhooks[*].name}') || webhooks=
    [ -n "$webhooks" ] || stop "Kyverno has not made its webhooks anew: the service tier stays shut. kubectl --context $KUBE_CONTEXT rollout restart deployment --namespace «kyverno.namespace», and then \`mend\` again"
  fi
  kube delete validatingadmissionpolicybindings,validatingadmissionpolicies «kyverno.marker» --ignore-not-found
  say "Kyverno judges again, and the service tier is open. Look for what waits: KUBE_CONTEXT=$KUBE_CONTEXT sh $0 gitops"
}
«% endif %»
