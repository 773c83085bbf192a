-- 各地各来源各年的事实数
SELECT district_code, district, origin, year, count(*) AS facts FROM facts GROUP BY ALL ORDER BY ALL
