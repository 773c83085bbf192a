-- 各地各年有完成数、有目标的主要指标数，其中出自报告的 *_stated
SELECT f.district_code, f.district, f.year,
    count(DISTINCT indicator_id) FILTER (WHERE status = 'actual') AS results,
    count(DISTINCT indicator_id) FILTER (WHERE status = 'actual' AND origin IN ('table', 'prose')) AS results_stated,
    count(DISTINCT indicator_id) FILTER (WHERE status = 'target') AS targets,
    count(DISTINCT indicator_id) FILTER (WHERE status = 'target' AND origin IN ('table', 'prose')) AS targets_stated
FROM facts f JOIN indicators i USING (indicator_id)
WHERE i.headline_order IS NOT NULL AND (f.status = 'target' OR f.period = 'annual')
GROUP BY ALL ORDER BY ALL
