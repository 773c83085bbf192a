-- 各指标各年各类的事实数：facts 全部，preferred 首选，numeric 首选而有数
SELECT coalesce(indicator_id, indicator) AS item, category, year, status, measure, origin, count(*) AS facts,
    count(*) FILTER (WHERE preferred) AS preferred, count(*) FILTER (WHERE preferred AND value IS NOT NULL) AS numeric
FROM facts GROUP BY ALL ORDER BY ALL
