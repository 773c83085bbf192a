-- 2024年没有达到的增速目标
SELECT a.district AS 区县, a.indicator AS 指标, t.value AS 目标, a.value AS 实际,
       round(a.value - t.value, 2) AS 差距, a.unit AS 单位, a.fact_id
FROM facts a
JOIN facts t USING (district, indicator_id, measure, year, period)
JOIN indicators i USING (indicator_id)
WHERE a.status = 'actual' AND t.status = 'target' AND a.preferred AND t.preferred
  AND a.year = 2024 AND a.measure = 'growth' AND i.direction = 1 AND a.value < t.value
ORDER BY 差距, a.fact_id
