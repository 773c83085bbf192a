-- Every statement about a district's catalogue indicators, preferred ones first: what the coverage matrix is drawn from.
-- An indicator without any statement keeps one row with NULL fact_id, so that its gap is shown.
WITH scope AS (
    SELECT *, row_number() OVER () AS menu FROM indicators
)
SELECT
    i.indicator_id, i.indicator, i.category, f.fact_id, f.status, f.year, f.origin, f.measure, f.period, f.period_start,
    f.value, f.unit, f.comparator, f.value_text, f.value_low, f.value_high, f.provisional
FROM scope i
LEFT JOIN (SELECT * FROM facts WHERE rowid BETWEEN $first AND $last) f ON f.indicator_id = i.indicator_id
WHERE ($theme IS NULL AND i.headline_order IS NOT NULL) OR i.category = $theme
ORDER BY CASE WHEN $theme IS NULL THEN i.headline_order ELSE i.menu END, f.year, f.status, f.preferred DESC,
    array_position(['growth', 'level', 'change'], f.measure),
    array_position(['table', 'prose', 'supplement', 'derived'], f.origin), f.line_start, f.fact_id
