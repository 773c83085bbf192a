"""目标差距: not built yet; says so and leads back."""

from __future__ import annotations

from pages.parts import frame

frame.begin("target_gap")
frame.under_way("按主题列出各指标与目标的差距，点开可看目标和结果的原句。")
