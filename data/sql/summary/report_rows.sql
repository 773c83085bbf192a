-- 每份报告的事实在 facts 中的起止行（rowid）
SELECT report_id, min(rowid) AS first_row, max(rowid) AS last_row FROM facts GROUP BY ALL ORDER BY ALL
