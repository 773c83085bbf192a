-- 没有判明用途的数字和它所在的段落
SELECT n.report_id AS 报告, n.line AS 行, n.text AS 数字, p.text AS 段落
FROM numbers n
JOIN passages p ON p.report_id = n.report_id AND n.char_start >= p.char_start AND n.char_end <= p.char_end
WHERE n.reason = 'unclassified'
ORDER BY 报告, 行, n.char_start
