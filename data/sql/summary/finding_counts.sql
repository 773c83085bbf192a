-- 各类发现的条数
SELECT kind, severity, count(*) AS findings FROM findings GROUP BY ALL ORDER BY ALL
