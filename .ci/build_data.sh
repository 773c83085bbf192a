#!/usr/bin/env bash
# python -m etl build, unless neither its inputs nor its code nor the build itself have changed since the last time.
# Fails as the build fails; with "lenient" a build that can still be read is good enough.
set -euo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
stamp=.venv/.stamp-data
manifest=${PLANBOARD_DATA:-data/parquet}/manifest.json

state() {
  {
    find data/reports data/supplement data/catalog data/sql data/*.py etl requirements.txt .ci/constraints.txt \
      -type f -not -path '*/__pycache__/*' -print0 2>/dev/null | sort -z | xargs -0 sha256sum
    sha256sum "$manifest"
  } | sha256sum
}

if [ -f "$manifest" ] && [ "$(state)" = "$(cat "$stamp" 2>/dev/null)" ]; then exit 0; fi
# a folder of somebody's own may hold reports that are not in data/reports: they are not thrown away for those that are
if [ -n "${PLANBOARD_DATA:-}" ] && [ -f "$manifest" ] && others=$("$python" - "$manifest" <<'END'
import json, pathlib, sys
named = [n.removeprefix("reports/") for n in json.load(open(sys.argv[1], encoding="utf-8"))["inputs"] if n.startswith("reports/")]
print("、".join(n for n in named if not (pathlib.Path("data/reports") / n).is_file()))
END
) && [ -n "$others" ]; then
  printf '\n%s 中的数据含有 data/reports 里没有的报告（%s），照原样使用，不重新生成。\n要更新它：python -m etl build --reports 报告文件夹 --out %s\n\n' "$PLANBOARD_DATA" "$others" "$PLANBOARD_DATA" >&2
  exit 0
fi
rm -f "$stamp"
status=0
"$python" -m etl build || status=$?
if [ "$status" = 0 ]; then
  state > "$stamp"
elif [ "${1:-}" = lenient ] && "$python" -c 'from data import store; store.build_id()' 2>/dev/null; then
  printf '\n警告：数据构建没有完全成功（退出码 %s），见上面的说明。看板使用现有的数据。\n\n' "$status" >&2
elif [ "$status" = 1 ]; then  # see python -m etl build --help
  printf '\n数据已生成，但有文件没有采用，见上面的说明。\n' >&2
  exit "$status"
else
  printf '\n数据构建失败（退出码 %s），见上面的说明。\n' "$status" >&2
  exit "$status"
fi
