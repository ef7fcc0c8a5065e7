# Serves the one model that the image volume holds.
set -eu
config=$(find /model-image -name config.json | head -n 1)
exec vllm serve "$(dirname "$config")" \
  --host 0.0.0.0 \
  --port 8080 \
  --served-model-name "$MODEL_NAME" \
  --chat-template /etc/inference/chat-template.jinja \
  --max-model-len 49152 \
  --max-num-seqs 3 \
  --gpu-memory-utilization 0.95 \
  --kv-cache-dtype fp8 \
  --dtype auto \
  --enable-auto-tool-choice \
  --tool-call-parser hermes \
  --reasoning-parser qwen3
