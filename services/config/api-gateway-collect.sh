#!/bin/sh
# Counts what runs, every thirty seconds or once, and leaves numbers where nginx serves them: no name of a pod leaves the cluster.
set -eu
export HOME=/tmp

count() {
  kubectl get "$@" --no-headers 2>/dev/null | wc -l
}

collect() {
  nodes=$(count nodes)
  pods=$(count pods --all-namespaces)
  running=$(count pods --all-namespaces --field-selector status.phase=Running)
  applications=$(count applications.argoproj.io --all-namespaces)
  gpu=$(wget -q -T 5 -O - "$DCGM_URL" | awk '/^DCGM_FI_DEV_GPU_UTIL\{/ { sum += $NF; n++ } END { print n ? sum / n : 0 }') || gpu=0
  printf '{"nodes": %s, "pods": %s, "running": %s, "applications": %s, "gpu_percent": %s}\n' \
    "$nodes" "$pods" "$running" "$applications" "$gpu" >/data/cluster.json.new
  mv /data/cluster.json.new /data/cluster.json
}

collect
while [ "${1:-}" != once ]; do
  sleep 30
  collect
done
