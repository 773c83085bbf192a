-- 每份报告的数字在 numbers 中的起止行（rowid）
SELECT report_id, min(rowid) AS first_row, max(rowid) AS last_row FROM numbers GROUP BY ALL ORDER BY ALL
