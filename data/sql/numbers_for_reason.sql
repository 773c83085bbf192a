-- Printed numbers that are no facts for one reason, each with the text it stands in: the paragraph, or the cells of its row of a
-- table, in order. The marks stand for which rows of numbers and passages, see queries/sources.py.
WITH found AS (
    SELECT n.report_id, n.line, n.char_start, n.char_end, n.text AS printed, p.section, p.char_start AS held,
           p.table_number, p.table_row
    FROM numbers n JOIN passages p ON p.report_id = n.report_id AND n.char_start >= p.char_start AND n.char_end <= p.char_end
    WHERE n.reason = $reason AND /*numbers*/ AND /*passages*/
)
SELECT f.report_id, f.line, f.char_start, f.char_end, f.printed, f.section,
       list(p.text ORDER BY p.char_start) AS texts, list(p.char_start ORDER BY p.char_start) AS starts
FROM found f JOIN reports r USING (report_id) JOIN passages p ON p.report_id = f.report_id
    AND coalesce(p.table_number, -p.char_start - 1) = coalesce(f.table_number, -f.held - 1)
    AND coalesce(p.table_row, 0) = coalesce(f.table_row, 0)
WHERE /*passages*/
GROUP BY ALL ORDER BY any_value(r.rowid), f.char_start
