-- 报告中的数字各归到哪里
SELECT coalesce(reason, 'fact') AS 去向, count(*) AS 个数,
       round(100 * count(*) / sum(count(*)) OVER (), 1) AS 百分比
FROM numbers
GROUP BY 去向
ORDER BY 个数 DESC, 去向
