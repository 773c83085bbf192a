-- 每份报告的数字的去向
SELECT report_id, reason, fact_id IS NOT NULL AS is_fact, count(*) AS numbers FROM numbers GROUP BY ALL ORDER BY ALL
