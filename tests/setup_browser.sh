#!/usr/bin/env bash
# Chromium, what playwright needs to drive it, and a font with Chinese characters: what is there, else apt-get, else (the
# browser alone) playwright's own download. The browser's path goes to .venv/chromium-path. Without a browser the browser
# tests are skipped; with CI set that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/apt.sh

note=.venv/chromium-path
playwright=.venv/bin/playwright

find_browser() {
  local candidate
  for candidate in "${PLANBOARD_CHROMIUM:-}" "$(cat "$note" 2>/dev/null || true)" \
      chromium chromium-browser google-chrome google-chrome-stable .venv/browsers/*/chrome-linux*/chrome; do
    candidate=$(command -v "$candidate" 2>/dev/null) || continue
    if timeout 60 "$candidate" --version >/dev/null 2>&1; then realpath -s "$candidate"; return; fi
  done
  return 1
}

has_driver() { "$playwright" --version >/dev/null 2>&1; }

has_font() { [ -n "$(fc-list :lang=zh-cn family 2>/dev/null || true)" ]; }

missing=()
find_browser >/dev/null || missing+=(chromium)
has_driver || missing+=(libatomic1)
has_font || missing+=(fontconfig fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  say "浏览器测试还缺 ${missing[*]}，用 apt-get 安装"
  apt_install "${missing[@]}" || say "apt-get 安装不了（没有权限、没有网络或不是 Debian）"
fi
if ! find_browser >/dev/null && has_driver; then
  say "下载 playwright 自带的 Chromium"
  PLAYWRIGHT_BROWSERS_PATH="$PWD/.venv/browsers" timeout 900 "$playwright" install chromium >/dev/null ||
    say "playwright 下载失败"
fi

has_font || say "提醒：没有中文字体，截图中的汉字会显示为方框。请安装 fonts-noto-cjk。"
if has_driver && find_browser > "$note.new"; then
  mv "$note.new" "$note"
  exit 0
fi
rm -f "$note" "$note.new"
say "浏览器测试无法进行。请以管理员身份运行 apt-get install chromium libatomic1 fonts-noto-cjk，"
say "或用环境变量 PLANBOARD_CHROMIUM 指明 Chromium 的路径。"
[ -z "${CI:-}" ]
