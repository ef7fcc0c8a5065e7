# Serves the one model that the image volume holds, on the processor.
set -eu
exec /app/llama-server \
  --model "$(find /model-image -name '*.gguf' | head -n 1)" \
  --alias voyage-4-nano \
  --embedding \
  --host 0.0.0.0 \
  --port 8080 \
  --n-gpu-layers 0 \
  --ctx-size 8192 \
  --batch-size 8192 \
  --ubatch-size 8192 \
  --flash-attn off \
  --cache-type-k f16 \
  --cache-type-v f16 \
  --threads 4 \
  --metrics
