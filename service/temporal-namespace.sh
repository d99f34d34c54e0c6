#!/bin/sh
# Makes the namespace, or gives the one that is there its retention.
# It ends once the server knows the namespace, which takes some seconds: a worker
# that came earlier would find none.
set -eu

for _ in $(seq 30); do
  temporal operator namespace create \
    --namespace "$NAMESPACE" --retention "$RETENTION" >/dev/null 2>&1 || true
  if temporal operator namespace update \
    --namespace "$NAMESPACE" --retention "$RETENTION"; then
    exit 0
  fi
  sleep 2
done
echo "Không tạo được namespace «$NAMESPACE» ở $TEMPORAL_ADDRESS." >&2
exit 1
