"""What was read and what became of it: the numbers of each report, the reports, what was left out, the build itself."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, filters, format, frame, markup

KINDS = {"annual_plan_report": "年度计划报告", "five_year_plan": "五年规划纲要"}
TABLES = {
    "facts": "数据",
    "reports": "报告",
    "passages": "原文段落",
    "numbers": "报告中的数字",
    "findings": "核对中的发现",
    "districts": "行政区划",
    "indicators": "指标目录",
}
#: Reports that stand side by side, and one below the other.
MOST_COLUMNS, MOST_ROWS = 30, 200
_BEIJING = timezone(timedelta(hours=8))


def numbers(view: filters.Selection) -> None:
    """For each report, how many printed numbers became data and why the others did not."""
    found = cached.numbers_in_all(view.build)
    if not found:
        st.write("没有读入报告。")
        return
    few = cached.report_count(view.build) <= MOST_COLUMNS
    reports = {r["report_id"]: format.report(r) for r in cached.reports(view.build)} if few else {}
    each = cached.numbers_accounted(view.build, tuple(reports))
    counts = {(row["outcome"], row["report_id"]): row["numbers"] for row in each}
    counted = {row["report_id"] for row in each}
    columns = [report for report in reports if report in counted]
    totals: dict[str, int] = {}
    for row in found:
        totals[row["outcome"]] = totals.get(row["outcome"], 0) + row["numbers"]
    rows = [[name, n, *(counts.get((name, c)) or "—" for c in columns)] for name, n in totals.items()]
    total, kept = sum(totals.values()), sum(row["numbers"] for row in found if row["is_fact"])
    unread = sum(row["numbers"] for row in found if row["reason"] == "unclassified")
    st.html(
        f'<div class="pb-sum">报告中印出的数字共{total:,}个：{kept:,}个成为全区指标数据，{total - kept:,}个列明去向，'
        f"其中{unread:,}个尚未判明。</div>"
    )
    st.html(
        markup.table(
            ["去向", "合计", *(reports[c] for c in columns)],
            rows,
            numeric=range(1, len(columns) + 2),
            css="pb-stick",
            caption="报告中每个数字的去向：成为数据，或写明为何不是全区数据；— 表示没有这一类"
            + ("" if few else "。报告太多，不逐份分列；一份报告的去向见“原文出处”"),
        )
    )


def reports(view: filters.Selection) -> None:
    """The reports read, the files and lines left out, and the build: id, time, inputs, packages."""
    manifest = cached.manifest(view.build)
    rows = []
    count = cached.report_count(view.build)
    for report in cached.reports(view.build, most=MOST_ROWS):
        link = markup.Link(format.report(report), "sources?" + urlencode({"report": report["report_id"], "line": 1}))
        rows.append(
            [
                link,
                report["title"],
                KINDS[report["kind"]],
                report["meeting_date"] or "报告没写",
                report["lines"],
                report["characters"],
                report["file"],
                markup.Soft(report["sha256"][:12], f"SHA-256 {report['sha256']}"),
            ]
        )
    st.html(
        markup.table(
            ["报告", "标题", "种类", "会议日期", "行", "字", "文件", "校验和"],
            rows,
            numeric=[3, 4, 5, 7],
            css="pb-prose pb-stick",
            caption=f"收录报告{count:,}份{f'，下面列前{MOST_ROWS}份' if count > MOST_ROWS else ''}；原文一字未改，校验和可用来核对文件（指着看全长）",
        )
    )
    for title, key, none in (
        (
            "没有采用的文件和补充来源的行",
            "left_out",
            "没有：收到的报告都已采用，补充来源没有出错的行。（补充来源中可信程度低的数按约定不采用，不列在这里。）",
        ),
        ("提示", "warnings", ""),
    ):
        said = manifest.get(key) or []
        if said or none:
            st.subheader(title, anchor=False)
        if said:
            st.html("<ul>" + "".join(f"<li>{markup.marked(str(line), [])}</li>" for line in said) + "</ul>")
        elif none:
            frame.note(none)
    _build(manifest)


def _build(manifest: dict) -> None:
    st.subheader("数据版本", anchor=False)
    made = manifest.get("built_at")
    when = (
        f"，生成于 {datetime.fromisoformat(made).astimezone(_BEIJING):%Y年%m月%d日 %H:%M}（北京时间）" if made else ""
    )
    packages = "，".join(f"{name} {version}" for name, version in (manifest.get("packages") or {}).items())
    frame.note(
        f"编号 {manifest['build_id']}{when}。"
        "编号由输入文件和程序算出：编号相同，数据就相同。" + (f"所用软件包：{packages}。" if packages else "")
    )
    rows = []
    for name, table in manifest["tables"].items():
        rows.append([f"{TABLES.get(name, name)}（{name}）", table["rows"], markup.Soft(table["sha256"][:12], table["sha256"])])
    st.html(markup.table(["数据表", "行数", "校验和"], rows, numeric=[1]))
    inputs = {
        name: digest for name, digest in (manifest.get("inputs") or {}).items() if not name.startswith("reports/")
    }
    if inputs:
        st.html(
            markup.table(
                ["输入文件", "校验和"],
                [[name, markup.Soft(digest[:12], digest)] for name, digest in inputs.items()],
                caption="生成这一版数据所用的词表和补充来源；报告见上",
            )
        )
