
# --- namespaces ------------------------------------------------------------------------------------------------------------------
«% if namespace_file %»
# Argo CD's own is the file that GitOps applies afterwards, under the name by which Argo CD applies it: so it has one owner, who can
# also take away what is no longer declared.
«% else %»
# Argo CD's own is not declared: whoever installs it made it.
«% endif %»
«% if one_password %»
operator_namespace() {
  cat <<'END_OF_OBJECTS'
«one_password.namespace_object»END_OF_OBJECTS
}

«% endif %»
namespaces_done() {
«% if one_password %»
  operator_namespace | kube diff --server-side --field-manager casemate --filename - >/dev/null 2>&1 || return 1
«% endif %»
«% if namespace_file %»
  kube diff --server-side --field-manager argocd-controller --filename "$TREE"/«namespace_file|quoted» >/dev/null 2>&1 || return 1
«% endif %»
  :
}

namespaces_do() {
«% if one_password %»
  operator_namespace | kube apply --server-side --field-manager casemate --filename - ||
    stop "the namespace of the 1Password operator could not be made: see what kubectl says above"
«% endif %»
«% if namespace_file %»
  kube apply --server-side --field-manager argocd-controller --filename "$TREE"/«namespace_file|quoted» ||
    stop "the namespace of Argo CD could not be made: see what kubectl says above"
«% endif %»
  :
}

namespaces_check() {
  kube get namespaces«% if one_password %» «one_password.namespace|quoted»«% endif %» «argocd.namespace|quoted»
}

# With a namespace goes what is in it.
namespaces_undo() {
«% if namespace_file %»
  left=$(kube get applications.argoproj.io --namespace «argocd.namespace|quoted» --output name 2>/dev/null) || left=
  [ -z "$left" ] || stop "Applications are in namespace «argocd.namespace»: with them would go what they deploy. Undo \`root\` first; what is left then, delete one by one"
«% endif %»
«% if one_password %»
  left=$(kube get deployments --namespace «one_password.namespace|quoted» --output name) || left=
  [ -z "$left" ] || stop "something runs in namespace «one_password.namespace»: undo \`onepassword\` first"
  kube delete namespace «one_password.namespace|quoted» --ignore-not-found
«% endif %»
«% if namespace_file %»
  left=$(kube get deployments --namespace «argocd.namespace|quoted» --output name) || left=
  [ -z "$left" ] || stop "something runs in namespace «argocd.namespace»: undo \`argocd\` first"
  kube delete namespace «argocd.namespace|quoted» --ignore-not-found
«% endif %»
  :
}
