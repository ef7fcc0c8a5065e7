
# --- the script ------------------------------------------------------------------------------------------------------------------

is_step() { case " $STEPS " in *" $1 "*) ;; *) return 1 ;; esac }

run() {
  say "== $1"
  if "${1}_done"; then
    say "  done already"
    return
  fi
  "${1}_do"
  "${1}_check" || stop "$1 did not work: see above, and do the step \`$1\` again"
}

status() {
  for step in $STEPS; do
    case $step in
    check | gitops) ;;
    *) if "${step}_done"; then say "done   $step"; else say "to do  $step"; fi ;;
    esac
  done
}

# Says what will be touched, and touches nothing without an answer.
meet() {
  [ -n "${KUBE_CONTEXT-}" ] || usage "set KUBE_CONTEXT to the context of cluster «cluster»: \`kubectl config get-contexts\` lists them"
  command -v kubectl >/dev/null || stop "kubectl is missing: install it"
  server=$(kubectl config view --minify --context "$KUBE_CONTEXT" --output jsonpath='{.clusters[0].cluster.server}' 2>/dev/null) ||
    usage "there is no context '$KUBE_CONTEXT': \`kubectl config get-contexts\` lists them"
  answer=$(server_version)
  [ -n "$answer" ] || stop "$server (context $KUBE_CONTEXT) does not answer: \`kubectl --context $KUBE_CONTEXT version\` says why"
  say "cluster «cluster»: context $KUBE_CONTEXT, $server, Kubernetes $answer"
}

«% if one_password %»
# Whether steps were named: only then is standard input read.
named=
«% endif %»
case ${1-} in
'')
  meet
  for step in $STEPS; do run "$step"; done
  ;;
status | unmeshed)
  meet
  "$1"
  ;;
«% if kyverno %»
break-glass)
  meet
  break_glass
  ;;
mend)
  meet
  mend
  ;;
«% endif %»
undo)
  if [ $# -ne 2 ] || ! is_step "$2"; then usage "name one step to undo: $STEPS"; fi
  meet
  "${2}_undo"
  ;;
*)
  for step in "$@"; do is_step "$step" || usage "there is no step '$step'; there are $STEPS"; done
  meet
«% if one_password %»
  named=yes
«% endif %»
  for step in "$@"; do run "$step"; done
  ;;
esac
