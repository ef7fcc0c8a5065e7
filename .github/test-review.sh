#!/usr/bin/env bash
# Tries review.sh without GitHub: in a repository of its own, with a `gh` that writes down what it was asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$PWD

fail() {
  printf 'test-review.sh: %s\n' "$1" >&2
  exit 1
}

contains() {
  grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "the comment does not say: $2"; }
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --locked --quiet
program=$(cargo metadata --locked --no-deps --format-version 1 | grep -o '"target_directory":"[^"]*"' | cut -d'"' -f4)/debug/casemate

# Programs that stand in for others: `cargo run -- ...` is the one that was just built, `gh` keeps its arguments.
mkdir "$work/bin"
cat >"$work/bin/cargo" <<EOF2
#!/usr/bin/env bash
while [ "\$1" != -- ]; do shift; done
shift
exec "$program" "\$@"
EOF2
cat >"$work/bin/gh" <<'EOF2'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"$GH_LOG"
case "$*" in *--jq*) cat "$GH_COMMENTS" ;; esac
EOF2
chmod +x "$work/bin/cargo" "$work/bin/gh"
export PATH="$work/bin:$PATH" GH_LOG="$work/asked" GH_COMMENTS="$work/comments"
export REPOSITORY=example/homelab PULL_REQUEST=7

commit() {
  git add --all
  git -c user.name=test -c user.email=test@example.com -c commit.gpgsign=false commit --quiet --message "$1"
}

mkdir "$work/repository"
cd "$work/repository"
git init --quiet --initial-branch=main
mkdir .github
cp "$here/.github/review.sh" .github/
# It must not hide anything from a review.
echo 'out/** export-ignore' >.gitattributes
commit "no tree yet"

git checkout --quiet -b feature
mkdir -p out/homelab/services/shop/ledger
printf 'kind: Service\nmetadata:\n  name: ledger\n' >out/homelab/services/shop/ledger/service-ledger.yaml
commit "a tree"
.github/review.sh main >"$work/first.md"
contains "$work/first.md" '<!-- casemate review -->'
contains "$work/first.md" '1 object added in 1 service.'

# What lands on main meanwhile is not the branch's change; what the branch changes is.
git checkout --quiet main
git merge --quiet feature
git checkout --quiet -b change
echo '  namespace: shop' >>out/homelab/services/shop/ledger/service-ledger.yaml
commit "a change"
git checkout --quiet main
echo 'kind: Service' >out/homelab/services/shop/ledger/service-other.yaml
commit "another"
git checkout --quiet change
.github/review.sh main >"$work/second.md"
contains "$work/second.md" '1 object changed in 1 service.'
contains "$work/second.md" '+  namespace: shop'
.github/review.sh HEAD >"$work/third.md"
contains "$work/third.md" 'Nothing changes in the tree.'

# One comment: made at first, replaced later.
: >"$GH_COMMENTS"
.github/review.sh main --comment >/dev/null
grep -q 'POST repos/example/homelab/issues/7/comments' "$GH_LOG" || fail "no comment was made"
printf '42\n43\n' >"$GH_COMMENTS"
.github/review.sh --post <"$work/second.md"
grep -q 'PATCH repos/example/homelab/issues/comments/42' "$GH_LOG" || fail "the comment was not replaced"

# What must fail.
! .github/review.sh missing 2>/dev/null || fail "a missing base was accepted"
! .github/review.sh --output=x 2>/dev/null || fail "an option was taken for a base"
! echo "no marker" | .github/review.sh --post 2>/dev/null || fail "something else was posted"
! PULL_REQUEST='7/../8' .github/review.sh --post <"$work/second.md" 2>/dev/null || fail "a path was taken for a number"
ln -s /etc/passwd out/homelab/link.yaml
! .github/review.sh main >/dev/null 2>&1 || fail "a link was reviewed"

echo "review.sh does what it says"
