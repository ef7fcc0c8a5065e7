
# --- credentials, token ----------------------------------------------------------------------------------------------------------
# kubectl reads each secret from its standard input (/dev/stdin) and sends it to the API server. It could be given to Helm as a value
# (`--set-file connect.credentials=/dev/stdin`), but Helm keeps all values in a Secret of its own and prints them on `helm get values`;
# so the chart is told the names of two Secrets, and no content.

# take STEP SECRET KEY REFERENCE: makes the Secret of what `op` reads at the reference or, without one, of standard input.
take() {
  if [ -n "$4" ]; then
    op read "$4" | make_secret "$2" "$3" || stop "Secret $2 could not be made of $4: sign in to 1Password (\`op signin\`), and look whether that is where it lies"
  elif [ -z "$named" ]; then
    stop "Secret $2 is missing. Pipe it in, and then go on: op read 'op://VAULT/ITEM/FIELD' | KUBE_CONTEXT=$KUBE_CONTEXT sh $0 $1"
  elif [ -t 0 ]; then
    usage "$1 is read from standard input, and a terminal would show it: op read 'op://VAULT/ITEM/FIELD' | KUBE_CONTEXT=$KUBE_CONTEXT sh $0 $1"
  else
    make_secret "$2" "$3" || stop "Secret $2 could not be made: see what kubectl says above"
  fi
}

# No line break: one at the end of a token breaks the header that it is sent in, and JSON needs none.
make_secret() {
  tr -d '\r\n' | kube create secret generic "$1" --namespace «one_password.namespace|quoted» --from-file "$2=/dev/stdin"
}

has_secret() { kube get secret "$1" --namespace «one_password.namespace|quoted» --output name >/dev/null 2>&1; }

# The first character of what is in a Secret, and no more of it.
begins_with() {
  kube get secret "$1" --namespace «one_password.namespace|quoted» --output go-template="{{with index .data \"$2\"}}{{printf \"%.1s\" (base64decode .)}}{{end}}"
}

forget_secret() { kube delete secret "$1" --namespace «one_password.namespace|quoted» --ignore-not-found; }

credentials_done() { has_secret «one_password.credentials.name|quoted»; }
credentials_do() { take credentials «one_password.credentials.name|quoted» «one_password.credentials.key|quoted» "${OP_CREDENTIALS-}"; }

# The file is a JSON object. What is not is taken back, so that the next try does not find it done.
credentials_check() {
  if [ "$(begins_with «one_password.credentials.name|quoted» «one_password.credentials.key|quoted»)" != '{' ]; then
    credentials_undo
    stop "what was read is not the file «one_password.credentials.key» that 1Password makes for a Connect server: look at what you piped in, and do the step \`credentials\` again"
  fi
}
credentials_undo() { forget_secret «one_password.credentials.name|quoted»; }

token_done() { has_secret «one_password.token.name|quoted»; }
token_do() { take token «one_password.token.name|quoted» «one_password.token.key|quoted» "${OP_TOKEN-}"; }
token_check() {
  case $(begins_with «one_password.token.name|quoted» «one_password.token.key|quoted») in
  '' | '{')
    token_undo
    stop "what was read is not an access token of a Connect server: look at what you piped in, and do the step \`token\` again"
    ;;
  esac
}
token_undo() { forget_secret «one_password.token.name|quoted»; }

# --- onepassword -----------------------------------------------------------------------------------------------------------------
# The operator is Helm's and stays Helm's. It watches all namespaces: the chart would make a RoleBinding in each one that it names, and
# Argo CD makes those namespaces later.

onepassword_values() {
  cat <<'END_OF_VALUES'
«one_password.values»END_OF_VALUES
}

# The same as `helm get values --output json` prints them.
ONEPASSWORD_VALUES=«one_password.values_json|quoted»

onepassword_done() {
  charts list --namespace «one_password.namespace|quoted» --filter '^«one_password.release»$' --deployed --output json 2>/dev/null |
    grep -q '"chart":"«one_password.chart»-«one_password.version»"' &&
    [ "$(charts get values «one_password.release» --namespace «one_password.namespace|quoted» --output json 2>/dev/null)" = "$ONEPASSWORD_VALUES" ]
}

onepassword_do() {
  onepassword_values | charts upgrade --install «one_password.release» «one_password.chart» --repo «one_password.repository|quoted» \
    --version «one_password.version» --namespace «one_password.namespace|quoted» --values - --wait --timeout "$TIMEOUT" ||
    stop "the 1Password operator does not come up: kubectl --context $KUBE_CONTEXT get pods --namespace «one_password.namespace»"
}

onepassword_check() {
  kube wait customresourcedefinition/onepassworditems.onepassword.com --for condition=Established --timeout "$TIMEOUT" ||
    stop "the chart's definition of OnePasswordItem is not there: see \`helm status «one_password.release»\`"
  rolled_out «one_password.namespace|quoted» ||
    stop "the 1Password operator is not ready: its log says why, and most often the token and the credentials are of two Connect servers"
}

# Helm leaves definitions, and so the items and the Secrets that were made of them. Without the operator no item can be deleted.
onepassword_undo() { charts uninstall «one_password.release» --namespace «one_password.namespace|quoted» --ignore-not-found --wait; }
