-- 一行：报告写到结果的最后一年
SELECT max(year) AS year FROM facts WHERE status = 'actual' AND period = 'annual' AND origin IN ('table', 'prose')
