-- 有数据的指标，目录内外：事实数 facts，其中出自报告的 in_reports
SELECT indicator_id, indicator, count(*) AS facts, count(char_end) AS in_reports FROM facts GROUP BY ALL ORDER BY ALL
