-- Places that have all the words, or a fact of the indicator that the words name. A place is a paragraph, a heading or a row of a table.
-- The marks stand for fixed texts of queries/words.py: which rows of passages and facts, which words, and whether places without
-- the words count.
WITH place AS (
    SELECT report_id, line, kind, section, text, char_start, char_end, NULL AS table_number
    FROM passages p WHERE table_number IS NULL AND /*passages*/
    UNION ALL
    SELECT report_id, min(line), 'table_row', any_value(section), string_agg(text, ' ｜ ' ORDER BY char_start),
           min(char_start), max(char_end), table_number
    FROM passages p WHERE table_number IS NOT NULL AND /*passages*/ GROUP BY report_id, table_number, table_row
),
named AS (  -- in whatever words the report says it
    SELECT report_id, fact_id, char_start, char_end FROM facts f
    WHERE char_end IS NOT NULL AND (indicator_id = $indicator OR indicator = $name) AND /*named*/ AND /*facts*/
),
hit AS (
    SELECT p.*, /*words*/ AS by_words FROM place p WHERE /*words*/ OR /*named*/
),
stating AS (
    SELECT h.report_id, h.char_start, min_by(n.fact_id, (n.char_end, n.fact_id)) AS fact_id, min(n.char_end) AS quote_end,
           min_by(n.char_start, (n.char_end, n.fact_id)) AS quote_start
    FROM hit h JOIN named n ON n.report_id = h.report_id AND n.char_end > h.char_start AND n.char_end <= h.char_end
    GROUP BY h.report_id, h.char_start
),
counted AS (
    SELECT h.report_id, h.line, h.kind, h.section, h.text, h.char_start, h.by_words, s.fact_id, s.quote_start, s.quote_end,
           row_number() OVER (PARTITION BY h.report_id ORDER BY h.char_start) AS position,
           count(*) OVER (PARTITION BY h.report_id) AS in_report
    FROM hit h LEFT JOIN stating s ON s.report_id = h.report_id AND s.char_start = h.char_start
    WHERE (h.by_words OR s.fact_id IS NOT NULL)
)
SELECT c.* FROM counted c JOIN reports r USING (report_id) WHERE c.position <= $each ORDER BY r.rowid, c.char_start
