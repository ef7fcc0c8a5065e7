#!/usr/bin/env bash
# Says what a branch changes in the rendered tree, as a comment for its pull request.
#
#   .github/review.sh BASE              prints the comment: ./out, compared with out/ where the branch left BASE
#   .github/review.sh BASE --comment    posts it, too
#   .github/review.sh --post            posts what it reads from standard input
#
# Posting needs `gh`, and GH_TOKEN, REPOSITORY (owner/name) and PULL_REQUEST (a number) in the environment. There is one comment,
# which is replaced. Nothing else needs GitHub.
set -euo pipefail

readonly marker='<!-- casemate review -->'

fail() {
  printf 'review.sh: %s\n' "$1" >&2
  exit 1
}

# A tree without its attributes: `git archive` would leave out what a .gitattributes says.
unpack() {
  local commit=$1 into=$2
  GIT_INDEX_FILE="$work/index" git read-tree "$commit"
  GIT_INDEX_FILE="$work/index" git ls-files -z -- out |
    GIT_INDEX_FILE="$work/index" git checkout-index --quiet -z --stdin --prefix="$into/"
  mkdir -p "$into/out"
}

review() {
  local base=$1 fork
  git rev-parse --verify --quiet --end-of-options "$base^{commit}" >/dev/null || fail "there is no commit $base here"
  # What landed on BASE since is not this branch's change.
  fork=$(git merge-base --end-of-options "$base" HEAD) || fail "$base and HEAD have no common commit: is the clone shallow?"
  unpack "$fork" "$work/before"
  mkdir -p out
  printf '%s\n' "$marker"
  # The limit of a comment is 65,536; the marker takes a few.
  cargo run --locked --quiet -- review "$work/before/out" out --format markdown --limit 65400 \
    --whole "git diff $(git rev-parse --short "$fork") -- out/{}"
}

post() {
  local comment=$1 id
  : "${REPOSITORY:?is not set}" "${PULL_REQUEST:?is not set}"
  [[ $REPOSITORY =~ ^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$ ]] || fail "REPOSITORY is no owner/name"
  [[ $PULL_REQUEST =~ ^[0-9]+$ ]] || fail "PULL_REQUEST is no number"
  [ "$(head -n 1 "$comment")" = "$marker" ] || fail "that is no review"
  # Of ours only: anybody can write the marker into a comment.
  id=$(gh api --paginate "repos/$REPOSITORY/issues/$PULL_REQUEST/comments?per_page=100" --jq \
    ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\"))) | .id")
  id=${id%%$'\n'*}
  if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" --field "body=@$comment"
  else
    gh api --silent --method POST "repos/$REPOSITORY/issues/$PULL_REQUEST/comments" --field "body=@$comment"
  fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case "$#:${1-}:${2-}" in
  1:--post:)
    cat >"$work/comment.md"
    post "$work/comment.md"
    ;;
  1:-*: | 0:*) fail "usage: review.sh BASE [--comment] | review.sh --post" ;;
  1:*: | 2:*:--comment)
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    review "$1" >"$work/comment.md"
    cat "$work/comment.md"
    [ "${2-}" != --comment ] || post "$work/comment.md"
    ;;
  *) fail "usage: review.sh BASE [--comment] | review.sh --post" ;;
esac
