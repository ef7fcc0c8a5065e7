
# --- check -----------------------------------------------------------------------------------------------------------------------
# Reads, and changes nothing. Everything that is wrong is said before it stops.

faults=0
wrong() {
  printf 'error: %s\n' "$*" >&2
  faults=$((faults + 1))
}
note() { say "  note: $*"; }

# Prints those of the addresses on standard input, one a line, which lie outside of an IPv4 network.
outside_of() {
  awk -v network="$1" '
    function number(address,  part) {
      split(address, part, ".")
      return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4]
    }
    BEGIN { split(network, half, "/"); size = 2 ^ (32 - half[2]); place = int(number(half[1]) / size) }
    NF && int(number($1) / size) != place { print $1 }'
}

server_version() { kube get --raw /version | sed -n 's/.*"gitVersion": *"\([^"]*\)".*/\1/p'; }

check_done() { return 1; }

check_do() {
  faults=0
  check_tools
  check_checkout
  check_kubernetes
  check_networks
  check_linkerd
  [ "$faults" -eq 0 ] || stop "this is not the cluster that is declared, or it is not ready: nothing was changed"
}

check_check() { :; }
check_undo() { say "check changes nothing"; }

check_tools() {
  for tool in kubectl«% if helm %» helm«% endif %» awk sed tr diff; do
    command -v "$tool" >/dev/null || wrong "$tool is missing: install it"
  done
«% if one_password %»
  if [ -n "${OP_CREDENTIALS-}${OP_TOKEN-}" ]; then
    command -v op >/dev/null || wrong "op is missing: install 1Password's command line, or pipe the secrets in and unset OP_CREDENTIALS and OP_TOKEN"
  fi
«% endif %»
}

check_checkout() {
  for file in bootstrap/appproject-root.yaml bootstrap/application-root.yaml«% if namespace_file %» «namespace_file|quoted»«% endif %»; do
    [ -f "$TREE/$file" ] || wrong "$TREE/$file is not there: run this in the root of the checkout, or set CHECKOUT to it"
  done
  # The ownership manifest is in the form that sha256sum reads.
  if command -v sha256sum >/dev/null && [ -f "$TREE/bootstrap/.casemate" ]; then
    (cd "$TREE/bootstrap" && grep -v '^#' .casemate | sha256sum --check --quiet --strict -) >/dev/null 2>&1 ||
      wrong "$TREE/bootstrap is not what was rendered: run \`casemate render --check\`"
  fi
}

check_kubernetes() {
  version=$(server_version)
  minor=$(say "$version" | sed -n 's/^v1\.\([0-9][0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge «minor» ] || wrong "Kubernetes is $version, and 1.«minor» is declared: Pod Security's rules are pinned to it"
  [ "${minor:-0}" -le «minor» ] || note "Kubernetes is $version, and 1.«minor» is declared: raise it in the declaration when all nodes have it"
  nodes=$(kube get nodes --output jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}') ||
    wrong "nodes cannot be listed: use an account that may do everything, once"
  # Without a network plugin no node is ready.
  say "$nodes" | grep -q ' True$' || wrong "no node is ready: install the network plugin of the cluster first (\`kubectl describe nodes\` says what is missing)"
  asleep=$(say "$nodes" | awk 'NF && $2 != "True" { print $1 }' | tr '\n' ' ')
  [ -z "$asleep" ] || note "not ready: $asleep"
  ready=$(say "$nodes" | grep -c ' True$' || :)
  [ "$ready" -ge «nodes» ] || note "$ready nodes are ready, and «nodes» are declared: pods that have to be on different nodes wait"
  dns=$(kube get pods --namespace «dns.namespace|quoted» --selector «dns.label|quoted» --output name) || dns=
  [ -n "$dns" ] || wrong "no pod in namespace «dns.namespace» bears the label «dns.label»: the rendered policies let pods ask those for names, and nobody else"
}

check_networks() {
  outside=$(kube get nodes --output jsonpath='{range .items[*]}{.status.addresses[?(@.type=="InternalIP")].address}{"\n"}{end}' | outside_of «networks.nodes») || outside=
  [ -z "$outside" ] || wrong "nodes have addresses outside of the declared network «networks.nodes»: $(say "$outside" | tr '\n' ' ')"
  # Some network plugins hand out addresses themselves: then nodes name a network that no pod is in, or none.
  outside=$(kube get nodes --output jsonpath='{range .items[*]}{.spec.podCIDR}{"\n"}{end}' | outside_of «networks.pods») || outside=
  [ -z "$outside" ] || wrong "nodes have networks of pods outside of the declared «networks.pods»: $(say "$outside" | tr '\n' ' '); where the network plugin hands out addresses itself, declare what it hands out and remove podCIDR from the controller manager"
  # The API server has the first address of the Services' network.
  address=$(kube get service kubernetes --namespace default --output jsonpath='{.spec.clusterIP}') || address=
  [ "$address" = «networks.first_service» ] || wrong "the API server's Service has the address '$address': in the declared network «networks.services» it would be «networks.first_service»"
  # The mesh dials these.
  servers=$(kube get endpointslices --namespace default --selector kubernetes.io/service-name=kubernetes --output jsonpath='{range .items[*]}{range .endpoints[*]}{.addresses[0]}{"\n"}{end}{end}' | sort | tr '\n' ' ' | sed 's/ $//') || servers=
  [ "$servers" = «api_servers|quoted» ] || wrong "the API server listens at '$servers', and at '«api_servers»' as declared"
}

# The mesh itself comes by GitOps; what it stands on and no chart of this cluster brings has to be there.
check_linkerd() {
«% if cilium_matters %»
  exclusive=$(kube get configmap cilium-config --namespace kube-system --ignore-not-found --output jsonpath='{.data.cni-exclusive}') || exclusive=
  [ "$exclusive" != true ] || wrong "Cilium removes the configuration of other network plugins, and so Linkerd's: set its chart's value cni.exclusive to false"
«% endif %»
«% if gateway == "chart" %»
  channel=$(gateway_channel httproutes)
  [ -z "$channel" ] || note "a Gateway API ($channel) is installed already: the chart linkerd-crds will take over its definitions; if they shall stay as they are, declare which they are (GatewayApi)"
«% else %»
  channel=$(gateway_channel httproutes)
  [ "$channel" = «gateway» ] || wrong "the Gateway API of the «gateway» channel is declared, and ${channel:-none} is installed: apply its definitions of that channel, 1.2.1 or newer«% if gateway == 'standard' %», at most 1.4«% endif %»"
«% if gateway == "experimental" %»
  for kind in tlsroutes tcproutes; do
    [ -n "$(gateway_channel "$kind")" ] || wrong "$kind.gateway.networking.k8s.io is not there: the mesh reads routes to external hosts from it"
  done
«% endif %»
«% endif %»
}

gateway_channel() {
  kube get customresourcedefinition "$1.gateway.networking.k8s.io" --ignore-not-found --output jsonpath='{.metadata.annotations.gateway\.networking\.k8s\.io/channel}' || :
}
