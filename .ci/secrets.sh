#!/usr/bin/env bash
# Passwords and keys in the files of the repository: none may be there. What looks like one and is none gets the comment
# "pragma: allowlist secret" on its line. Nothing is sent anywhere to try it out (--no-verify). Only files that have
# changed since they were found clean are looked at.
set -euo pipefail
cd "$(dirname "$0")/.."
hook=${1:-.venv/bin/detect-secrets-hook}
clean=.venv/.stamp-secrets

# The reports are published text; the lists of versions are full of checksums.
skip='^(data/(reports|supplement)/|tests/golden/|\.ci/(constraints\.txt|requirements\.lock|secrets\.json)$)|\.(png|woff2|xlsx|duckdb)$'
files() { git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -type f -not -path './.venv/*' -printf '%P\0'; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files | grep -zvE "$skip" | while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done |
  xargs -0 sha256sum > "$work/all"
rules=$(sha256sum .ci/secrets.json "$0" | sha256sum)
if [ "$(head -n 1 "$clean" 2>/dev/null)" = "$rules" ]; then
  grep -vxFf "$clean" "$work/all" > "$work/todo" || true
else
  cp "$work/all" "$work/todo"
fi
cut -c 67- "$work/todo" | tr '\n' '\0' | xargs -0 -r "$hook" --no-verify --baseline .ci/secrets.json
[ ! -d .venv ] || { echo "$rules"; cat "$work/all"; } > "$clean"
