-- Every statement of the same thing as one fact (targets and results), each with its report and the printed number's place.
-- $first to $last are the rows of its place, $first_number to $last_number those of the numbers of the reports they come from.
WITH mine AS (SELECT * FROM facts WHERE rowid BETWEEN $first AND $last),
wanted AS MATERIALIZED (SELECT * FROM mine WHERE fact_id = $fact_id),
same AS MATERIALIZED (
    SELECT f.* FROM mine f
    JOIN wanted w ON f.district = w.district AND f.district_code IS NOT DISTINCT FROM w.district_code
        AND f.indicator = w.indicator AND f.measure = w.measure AND f.year = w.year AND f.period = w.period
        AND f.period_start = w.period_start
),
printed AS (
    SELECT fact_id, min(char_start) AS value_start, max(char_end) AS value_end FROM numbers
    WHERE rowid BETWEEN $first_number AND $last_number AND fact_id IS NOT NULL GROUP BY fact_id
)
SELECT f.*, coalesce(r.title, f.source_title) AS title, r.meeting_date, n.value_start, n.value_end,
       i.direction, i.unit_change, f.fact_id = $fact_id AS wanted, e.economy_growth,
       coalesce(f.year <= (SELECT year FROM summary.passed), FALSE) AS due,
       coalesce(e.results_held, FALSE) AS results_held
FROM same f
LEFT JOIN reports r ON r.report_id = f.report_id
LEFT JOIN printed n ON n.fact_id = f.fact_id
LEFT JOIN indicators i ON i.indicator_id = f.indicator_id
LEFT JOIN summary.place_years e ON e.place = coalesce(f.district_code, f.district) AND e.year = f.year
ORDER BY f.status DESC, wanted DESC, f.preferred DESC, f.report_id, f.line_start, f.fact_id
