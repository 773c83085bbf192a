-- 需要留意的发现和有关的数字
SELECT f.severity AS 轻重, f.kind AS 种类, f.message AS 说明, x.district AS 区县, x.indicator AS 指标,
       x.year AS 年份, x.value AS 数值, x.fact_id
FROM findings f
LEFT JOIN facts x ON list_contains(f.fact_ids, x.fact_id)
WHERE f.severity <> 'info'
ORDER BY 轻重, 种类, f.finding_id, x.fact_id
