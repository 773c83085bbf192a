"""明细下载: not built yet; says so and leads back."""

from __future__ import annotations

from pages.parts import evidence, frame, sql_box

view = frame.begin("explore")
frame.under_way("按区县、指标、年份筛选全部数据，并下载为XLSX、CSV或Parquet。")
sql_box.show(view)
evidence.open_if_asked(view)
