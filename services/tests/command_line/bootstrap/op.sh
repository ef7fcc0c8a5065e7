#!/bin/sh
# A stand-in for 1Password's command line: what lies at a reference is a file.
set -eu
printf 'op %s\n' "$*" >>"$FAKE/calls"
[ "$1" = read ] && cat "$FAKE/item-$(basename "$2")"
