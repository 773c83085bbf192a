"""区县对比: not built yet; says so and leads back."""

from __future__ import annotations

from pages.parts import frame

frame.begin("compare")
frame.under_way("选定年份和指标后，并列各区县的实际数和目标，并附出处。")
