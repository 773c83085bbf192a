-- 每份报告的段落在 passages 中的起止行（rowid），和报告所属的地方（places 的 position），按菜单次序
SELECT p.position, t.report_id, min(t.rowid) AS first_row, max(t.rowid) AS last_row
FROM passages t JOIN reports r USING (report_id)
JOIN summary.places p ON p.district = r.district AND p.district_code IS NOT DISTINCT FROM r.district_code
GROUP BY ALL ORDER BY first_row
