"""五年趋势: not built yet; says so and leads back."""

from __future__ import annotations

from pages.parts import frame

frame.begin("trend")
frame.under_way("2021—2025年逐年的实际数、目标和到2030年的规划目标。")
