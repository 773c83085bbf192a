-- 提到某个词的目标和原句
SELECT district AS 区县, indicator AS 指标, year AS 年份, value AS 数值, unit AS 单位, quote AS 原句, fact_id
FROM facts
WHERE status = 'target' AND contains(quote, '就业')
ORDER BY 区县, 年份, fact_id
