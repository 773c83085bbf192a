-- 每一年的事实数：headline 主要指标的首选值（headline_actual 其中的完成数），targets 目录内指标的首选目标，catalogued 目录内指标
SELECT f.year,
    count(*) FILTER (WHERE i.headline_order IS NOT NULL AND f.preferred AND f.period = 'annual') AS headline,
    count(*) FILTER (WHERE i.headline_order IS NOT NULL AND f.preferred AND f.period = 'annual' AND f.status = 'actual')
        AS headline_actual,
    count(*) FILTER (WHERE f.status = 'target' AND f.preferred) AS targets, count(*) AS catalogued
FROM facts f LEFT JOIN indicators i USING (indicator_id) WHERE f.indicator_id IS NOT NULL
GROUP BY f.year ORDER BY f.year
