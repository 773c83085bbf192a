#!/usr/bin/env bash
# Make .venv with the packages of requirements.txt, each file of them checked against .ci/requirements.lock, and with "dev"
# those of tests/requirements.txt as well; with "uv" nothing but uv, for make lock, which mends a lock that is out of date.
# Needs Python 3.11 or later and a package index. A second run with the same files does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/apt.sh

UV_VERSION=0.13.8
venv=.venv
lock=.ci/requirements.lock
files=(requirements.txt)
[ "${1:-}" = dev ] && files+=(tests/requirements.txt)
[ "${1:-}" = uv ] && files=()

stop() { say ""; say "无法继续：$1"; exit 1; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3 /usr/bin/python3}; do
    if recent "$candidate"; then echo "$candidate"; return; fi
  done
  return 1
}

make_venv() {
  local python
  python=$(find_python) || { apt_install python3 python3-venv && python=$(find_python); } ||
    stop "需要 Python 3.11 或更新版本（Debian：apt-get install python3 python3-venv），或用 PYTHON=路径 指定。"
  [ ! -e "$venv" ] || [ -O "$venv" ] ||
    stop "$venv 是另一个用户（$(stat -c %U "$venv" 2>/dev/null)）建立的，不去动它：请用那个用户运行，或另外克隆一份仓库。"
  say "建立 $venv：$("$python" --version)"
  rm -rf "$venv"
  "$python" -m venv "$venv" >/dev/null 2>&1 && return
  # Debian keeps the part of venv that brings pip in a package of its own.
  apt_install python3-venv && "$python" -m venv --clear "$venv" && return
  command -v uv >/dev/null && uv venv -q --clear --python "$python" "$venv" && return
  rm -rf "$venv"
  stop "Python 缺少 venv 模块，请以管理员身份运行 apt-get install python3-venv 后重试。"
}

# unlocked: the pins of requirements.txt that the lock does not have.
unlocked() {
  sed -nE 's/^([A-Za-z0-9._-]+)(\[[^]]*\])?(==[^ ;]+).*/\1\3/p' requirements.txt | tr 'A-Z_' 'a-z-' |
    while IFS= read -r pin; do grep -qF -- "$pin " "$lock" || printf '%s ' "$pin"; done
}

install_packages() {
  local file uv index
  uv=$(command -v uv || true)
  if [ -x "$venv/bin/pip" ]; then
    "$venv/bin/pip" install -q --disable-pip-version-check "uv==$UV_VERSION" >&2 && uv=$venv/bin/uv
    # uv does not read pip's settings; a mirror set for pip is meant for it too.
    index=${PIP_INDEX_URL:-$("$venv/bin/pip" config get global.index-url 2>/dev/null || true)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
  fi
  for file in "${files[@]}"; do
    # What runs the dashboard comes from the lock; tests need more, of the versions in .ci/constraints.txt.
    if [ "$file" = requirements.txt ]; then install_from --require-hashes -r "$lock"; else install_from -r "$file"; fi
  done
}

install_from() {
  # --compile-bytecode: otherwise the first start compiles all packages, which takes seconds.
  if [ -n "$uv" ] && "$uv" pip install -q --compile-bytecode --python "$venv/bin/python" "$@"; then return; fi
  say "uv 没有装成，改用 pip 安装"
  [ -x "$venv/bin/pip" ] && "$venv/bin/pip" install -q --disable-pip-version-check "$@" ||
    stop "依赖安装失败：网络或软件包源不通（可用 PIP_INDEX_URL 指定镜像），或文件与 $lock 中的校验和不符。"
}

key=$(cat "${files[@]}" .ci/constraints.txt "$lock" "$0" | sha256sum | cut -d' ' -f1)
stamp=$venv/.stamp-python-${1:-run}
# A virtual environment that was moved or copied does not work: it knows its place.
in_place() { [ "$(cat "$venv/.stamp-place" 2>/dev/null)" = "$PWD" ] && recent "$venv/bin/python"; }

if in_place && [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then exit 0; fi
if [ -n "${files[*]}" ] && [ -n "$(unlocked)" ]; then
  stop "$lock 里没有 $(unlocked)：改动 requirements.txt 之后请运行 make lock。"
fi
if ! in_place; then
  make_venv
  pwd > "$venv/.stamp-place"
fi
# Nothing is asked of the home folder, which may be missing or read-only.
export UV_CACHE_DIR="$PWD/$venv/cache/uv" PIP_CACHE_DIR="$PWD/$venv/cache/pip"
# The machine's own certificates, as pip takes them: a mirror inside a company may be signed by one of these.
export UV_SYSTEM_CERTS=1
[ -z "${files[*]}" ] || say "安装依赖：${files[*]}"
install_packages
rm -rf "$venv/cache"
echo "$key" > "$stamp"
