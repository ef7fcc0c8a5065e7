
# --- argocd ----------------------------------------------------------------------------------------------------------------------
«% if argocd.chart %»
# Rendered by Helm and applied by the API server's own means under Argo CD's name, which is what Argo CD does itself: no release of Helm's
# is left that would share its fields, and the Application `«argocd.application»` finds nothing to change when it takes over.
# From then on Argo CD keeps itself, and this step has nothing to do any more.

argocd_values() {
  cat <<'END_OF_VALUES'
«argocd.values»END_OF_VALUES
}

argocd_objects() {
  argocd_values | charts template «argocd.release» «argocd.chart» --repo «argocd.repository|quoted» --version «argocd.version|quoted» \
    --namespace «argocd.namespace|quoted» --include-crds --skip-tests --kube-version "$(server_version)" --values - "$@"
}

argocd_done() {
  if kube get applications.argoproj.io «argocd.application» --namespace «argocd.namespace|quoted» >/dev/null 2>&1; then
    # It keeps itself as long as it runs.
    kube wait deployments --all --namespace «argocd.namespace|quoted» --for condition=Available --timeout 1s >/dev/null 2>&1 && return 0
  fi
  # Hooks run once and go.
  objects=$(argocd_objects --no-hooks 2>/dev/null) || return 1
  say "$objects" | kube diff --server-side --field-manager argocd-controller --namespace «argocd.namespace|quoted» --filename - >/dev/null 2>&1
}

argocd_do() {
«% if argocd.beside %»
  kube apply --server-side --field-manager argocd-controller --filename "$TREE"/«argocd.beside|quoted» ||
    stop "what lies beside Argo CD's chart could not be applied: see what kubectl says above"
«% endif %»
  objects=$(argocd_objects) || stop "Helm could not render Argo CD's chart: see what it says above"
  say "$objects" | kube apply --server-side --field-manager argocd-controller --namespace «argocd.namespace|quoted» --filename - ||
    stop "Argo CD could not be applied: see what kubectl says above, and do the step \`argocd\` again"
}
«% else %»
# Cluster «cluster» does not install Argo CD by a chart (`chart::argo_cd`): install it your way, into namespace «argocd.namespace», with
# tracking by annotation. This step only looks.

argocd_done() { return 1; }
argocd_do() { :; }
«% endif %»

argocd_check() {
  kube wait customresourcedefinition/applications.argoproj.io customresourcedefinition/appprojects.argoproj.io --for condition=Established --timeout "$TIMEOUT" ||
    stop "Argo CD's definitions are not there«% if not argocd.chart %»: install Argo CD first«% endif %»"
  rolled_out «argocd.namespace|quoted» || stop "Argo CD is not ready: kubectl --context $KUBE_CONTEXT get pods --namespace «argocd.namespace»"
}

# Definitions stay, and with them every Application: nothing that was deployed goes, and nobody looks after it any more.
argocd_undo() {
  ! kube get applications.argoproj.io root --namespace «argocd.namespace|quoted» >/dev/null 2>&1 ||
    stop "the Application root is there: undo \`root\` first"
«% if argocd.chart %»
  objects=$(argocd_objects --no-hooks --set crds.install=false) || stop "Helm could not render Argo CD's chart: see what it says above"
  say "$objects" | kube delete --namespace «argocd.namespace|quoted» --ignore-not-found --filename -
«% else %»
  say "Argo CD is not this script's: remove it the way it was installed"
«% endif %»
}
