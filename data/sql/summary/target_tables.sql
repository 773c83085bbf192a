-- 报告以表格列出目标的地方和年份
SELECT DISTINCT coalesce(district_code, district) AS place, year FROM facts
WHERE status = 'target' AND origin = 'table' ORDER BY ALL
