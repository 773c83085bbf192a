-- 每份报告的事实、段落、数字在 facts、passages、numbers 中的起止行（rowid）；没有则为空。facts 的起止行之间也有别的报告的事实
SELECT report_id, f.first_row, f.last_row, p.first_passage, p.last_passage, n.first_number, n.last_number
FROM (SELECT report_id, min(rowid) AS first_row, max(rowid) AS last_row FROM facts GROUP BY ALL) f
FULL JOIN (SELECT report_id, min(rowid) AS first_passage, max(rowid) AS last_passage FROM passages GROUP BY ALL) p USING (report_id)
FULL JOIN (SELECT report_id, min(rowid) AS first_number, max(rowid) AS last_number FROM numbers GROUP BY ALL) n USING (report_id)
ORDER BY report_id
