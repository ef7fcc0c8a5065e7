#!/bin/sh
# Copies what is new. The cache makes the next run short; nothing is deleted at either end.
set -eu
mkdir -p /data/log
exec imapsync \
    --host1 "$SOURCE_HOST" --port1 993 --ssl1 \
    --user1 "$(cat /secrets/SOURCE_USER)" --passfile1 /secrets/SOURCE_PASS \
    --host2 "$DESTINATION_HOST" --port2 143 --nossl2 --notls2 \
    --user2 "$(cat /secrets/DESTINATION_USER)" --passfile2 /secrets/DESTINATION_PASS \
    --usecache --tmpdir /data --logdir /data/log --pidfile /data/imapsync.pid
