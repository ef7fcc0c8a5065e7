#!/bin/sh
# A stand-in for Helm, like that for kubectl.
set -eu
printf 'helm %s\n' "$*" >>"$FAKE/calls"
! grep -qF -e "$(cat "$FAKE/fails" 2>/dev/null || echo nothing-fails)" <<END || { echo "the stand-in was told to fail" >&2; exit 1; }
helm $*
END
[ "$1" = --kube-context ] && shift 2
case $* in
list*) if [ -e "$FAKE/released" ]; then cat "$FAKE/released"; else echo '[]'; fi ;;
"get values connect"*) cat "$FAKE/values.json" ;;
"upgrade --install connect connect "*)
  cat >"$FAKE/values-connect"
  while [ $# -gt 0 ]; do
    if [ "$1" = --version ]; then printf '[{"name":"connect","chart":"connect-%s","status":"deployed"}]\n' "$2" >"$FAKE/released"; fi
    shift
  done
  ;;
"template argocd argo-cd "*)
  cat >"$FAKE/values-argocd"
  printf 'kind: List # of the chart, as rendered\n'
  ;;
"uninstall connect "*) rm -f "$FAKE/released" ;;
*)
  echo "the stand-in does not know: $*" >&2
  exit 64
  ;;
esac
