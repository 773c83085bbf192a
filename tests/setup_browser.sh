#!/usr/bin/env bash
# Chromium and a font with Chinese characters for the browser tests: what is there, else apt-get, else playwright's own
# download. The browser's path goes to .venv/chromium-path. Without a browser the browser tests are skipped, with CI set
# it is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

. .ci/apt.sh

note=.venv/chromium-path

works() { [ -n "$1" ] && timeout 60 "$1" --version >/dev/null 2>&1; }

find_browser() {
  local candidate
  for candidate in "${PLANBOARD_CHROMIUM:-}" "$(cat "$note" 2>/dev/null || true)" \
      chromium chromium-browser google-chrome google-chrome-stable .venv/browsers/*/chrome-linux*/chrome; do
    candidate=$(command -v "$candidate" 2>/dev/null) || continue
    if works "$candidate"; then realpath -s "$candidate"; return; fi
  done
  return 1
}

has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }

missing=()
find_browser >/dev/null || missing+=(chromium)
has_font || missing+=(fontconfig fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  say "安装 ${missing[*]}"
  apt_install "${missing[@]}" || say "apt-get 无法安装 ${missing[*]}（没有权限、没有网络或不是 Debian）"
fi
if ! find_browser >/dev/null; then
  say "下载 playwright 自带的 Chromium"
  PLAYWRIGHT_BROWSERS_PATH="$PWD/.venv/browsers" timeout 900 .venv/bin/playwright install chromium >&2 ||
    say "playwright 下载失败"
fi

has_font || say "提醒：没有中文字体，截图中的汉字会显示为方框。请安装 fonts-noto-cjk。"
if browser=$(find_browser); then
  echo "$browser" > "$note"
  exit 0
fi
rm -f "$note"
say "没有可用的 Chromium：浏览器测试将被跳过。请以管理员身份运行 apt-get install chromium fonts-noto-cjk，"
say "或用环境变量 PLANBOARD_CHROMIUM 指明浏览器的路径。"
[ -z "${CI:-}" ]
