
# --- root ------------------------------------------------------------------------------------------------------------------------
# Applied once, by a person: nobody owns these two. Everything else follows from Git.
«% if platform %»
# The platform comes in the order of its sync waves: certificates, definitions and the network plugin; what hands out trust; the mesh;
# policies; the rest.
«% endif %»
# Services may come before what they need: each is safe alone, and is tried again until what it waits for is there.

root_done() {
  kube diff --server-side --field-manager casemate --filename "$TREE/bootstrap/appproject-root.yaml" --filename "$TREE/bootstrap/application-root.yaml" >/dev/null 2>&1
}

root_do() {
  kube apply --server-side --field-manager casemate --filename "$TREE/bootstrap/appproject-root.yaml" ||
    stop "the project root could not be applied: see what kubectl says above, and do the step \`root\` again"
  kube apply --server-side --field-manager casemate --filename "$TREE/bootstrap/application-root.yaml" ||
    stop "the Application root could not be applied: see what kubectl says above, and do the step \`root\` again"
}

root_check() {
  kube get appprojects.argoproj.io/root applications.argoproj.io/root --namespace «argocd.namespace|quoted» --output name ||
    stop "root is not there: do the step \`root\` again"
}

# These three own Applications and leave them when they go: what is deployed stays, and each Application goes on by itself. Argo CD lets the
# project go when no Application is left in it: nobody waits for that here, since Argo CD may not be there.
root_undo() {
  for application in root services«% if platform %» platform«% endif %»; do
    kube delete applications.argoproj.io "$application" --namespace «argocd.namespace|quoted» --ignore-not-found
  done
  kube delete appprojects.argoproj.io root --namespace «argocd.namespace|quoted» --ignore-not-found --wait=false
}

# --- gitops ----------------------------------------------------------------------------------------------------------------------

gitops_done() { return 1; }

gitops_do() {
  kube wait applications.argoproj.io/root --namespace «argocd.namespace|quoted» --for jsonpath='{.status.sync.status}'=Synced --timeout "$TIMEOUT" ||
    stop "Argo CD has not read the repository: kubectl --context $KUBE_CONTEXT describe applications.argoproj.io root --namespace «argocd.namespace» says why. Most often it was not pushed, or it is private and Argo CD has no credentials for «repository»"
«% if platform %»
  kube wait applications.argoproj.io/platform --namespace «argocd.namespace|quoted» --for jsonpath='{.status.health.status}'=Healthy --timeout "$TIMEOUT" ||
    say "The platform is not well yet. It comes in stages, which can take longer than $TIMEOUT: do the step \`gitops\` again to look."
«% endif %»
}

gitops_check() {
  applications=$(kube get applications.argoproj.io --namespace «argocd.namespace|quoted» --no-headers \
    --output custom-columns=NAME:.metadata.name,SYNC:.status.sync.status,HEALTH:.status.health.status) || stop "Applications cannot be listed"
  waiting=$(say "$applications" | awk '$2 != "Synced" || $3 != "Healthy"')
  if [ -z "$waiting" ]; then
    say "All Applications are Synced and Healthy."
  else
    say "Not Synced and Healthy yet, and tried again for ever:"
    say "$waiting"
  fi
}

gitops_undo() { say "gitops changes nothing"; }
