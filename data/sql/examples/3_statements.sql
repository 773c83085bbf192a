-- 一项指标的全部说法和原句
SELECT district AS 区县, year AS 年份,
       CASE status WHEN 'actual' THEN '完成' ELSE '目标' END AS 完成或目标,
       CASE measure WHEN 'level' THEN '总量' WHEN 'growth' THEN '增速' ELSE '增减' END AS 总量或增速,
       value AS 数值, unit AS 单位, if(preferred, '首选', NULL) AS 首选, quote AS 原句, fact_id
FROM facts
WHERE indicator = '地区生产总值'
ORDER BY 区县, 年份, 完成或目标, 总量或增速, 首选, fact_id
