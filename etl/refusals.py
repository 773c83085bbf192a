"""What a file is that looks like a plan report and is none, in words for the person who put it there."""

from __future__ import annotations

import re

_TAKES = "看板收年度计划报告（××年国民经济和社会发展计划执行情况及下一年计划草案的报告）和五年规划纲要"
_TITLE_REACH = 200  # signs of a page's head in which a title may stand beside others (首页 > 政府工作报告 > …)
_PART = r"(?:上半年|下半年|[一二三四]季度|第[一二三四]季度|前[一二三]季度|前[两二三]个季度|1[—\-–~至]\d{1,2}月(?:份)?|前\d{1,2}个月)"
_PART_OF_YEAR = re.compile(
    rf"(?P<y>(?:19|20)\d{{2}})年(?:全[区县市省州旗])?(?P<a>{_PART})(?:全[区县市省州旗])?(?:国民)?经济(?:和|与|、)?社会发展(?:计划|情况|运行|主要)"
    rf"|(?P<z>(?:19|20)\d{{2}})年(?:度)?(?:国民)?经济(?:和|与|、)?社会发展(?:年度)?计划(?P<b>{_PART})(?:的)?执行情况"
)
_WORK_REPORT = re.compile(r"(?:人民)?政府工作报告|(?<![一-龥])工作报告(?=——)")


def other_kind(head: str, title_at: int | None) -> str | None:
    """Why the report whose opening is ``head`` (without white space) is not taken; None when it is no known other kind.

    ``title_at`` is where the title of a plan report or plan stands in it, if one does: what is named only behind it does not count.
    """
    part, work = _PART_OF_YEAR.search(head), _WORK_REPORT.search(head)
    if part and (title_at is None or part.start() <= title_at):
        year, months = part["y"] or part["z"], part["a"] or part["b"]
        half = "半年" if "半年" in months else "几个月"
        return (
            f"这是{year}年{months}的报告，没有收：{_TAKES}，{half}的数不能和全年的数放在一起比；"
            f"请放入{year}年全年的计划报告"
        )
    if work and work.start() < _TITLE_REACH and (title_at is None or work.start() < title_at and title_at > _TITLE_REACH):
        return f"这是政府工作报告，没有收：{_TAKES}；请放入同一次人民代表大会上的计划报告"
    return None
