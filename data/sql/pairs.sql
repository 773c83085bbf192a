-- Place x indicator x year x measure: what was planned for the year beside what was reported for it.
-- At the mark queries/figures.py says which rows hold the facts of the places.
-- The grid of places, years and wanted indicators is complete: where nothing is reported one row stays, with NULL measure,
-- target and actual. Wanted are the named indicators; else the headline ones ($headline) or all that any place has something on.
WITH places AS (
    SELECT place, district_code, district, position FROM summary.places
    WHERE len($places) = 0 OR list_contains($places, place)
),
years AS (SELECT unnest($years) AS year),
kept AS (
    SELECT *, coalesce(district_code, district) AS place FROM facts
    WHERE preferred AND indicator_id IS NOT NULL AND year BETWEEN list_min($years) AND list_max($years)
        AND list_contains($years, year) AND /*places*/
        AND (len($indicators) = 0 OR list_contains($indicators, indicator_id))
        AND period IN ('annual', 'average')
),
annual AS (SELECT * FROM kept WHERE period = 'annual'),
targets AS (  -- a yearly average speaks for its last year where nothing is said of the year itself, neither target nor result
    SELECT * FROM kept t WHERE status = 'target' AND (period = 'annual' OR NOT EXISTS (
        SELECT 1 FROM annual k WHERE k.place = t.place AND k.indicator_id = t.indicator_id AND k.measure = t.measure
            AND k.year = t.year))
),
results AS (  -- and only against such a target is a yearly average a result
    SELECT * FROM kept r WHERE status = 'actual' AND (period = 'annual' OR EXISTS (
        SELECT 1 FROM targets t WHERE t.period = 'average' AND t.place = r.place AND t.indicator_id = r.indicator_id
            AND t.measure = r.measure AND t.year = r.year AND t.period_start = r.period_start))
),
measures AS (
    SELECT DISTINCT place, indicator_id, year, measure FROM (SELECT * FROM targets UNION ALL SELECT * FROM results)
),
wanted AS (
    SELECT *, row_number() OVER () AS menu FROM indicators
    QUALIFY CASE
        WHEN len($indicators) > 0 THEN list_contains($indicators, indicator_id)
        WHEN $headline THEN headline_order IS NOT NULL
        ELSE indicator_id IN (SELECT indicator_id FROM measures) END
),
tables AS (  -- places whose report sets targets for the year in a table: an indicator outside it has none
    SELECT place, year FROM summary.target_tables WHERE list_contains($years, year)
),
held AS (  -- whether a report on the place and year is held, and one whose business is the year's results
    SELECT p.place, y.year,
        bool_or(y.year IN (r.year_from, r.year_to) OR r.kind = 'five_year_plan' AND y.year = r.year_from - 1) AS covered,
        bool_or(y.year = summary.results_year(r.kind, r.year_from)) AS results_held
    FROM places p CROSS JOIN years y JOIN reports r ON coalesce(r.district_code, r.district) = p.place GROUP BY ALL
),
economy AS (
    SELECT coalesce(district_code, district) AS place, year, value FROM facts
    WHERE preferred AND period = 'annual' AND status = 'actual' AND indicator_id = $economy AND measure = 'growth'
        AND list_contains($years, year) AND /*places*/
)
SELECT
    p.place, p.district, p.district_code, y.year, i.indicator_id, i.indicator, i.category, i.direction, i.headline_order, m.measure,
    t.fact_id AS target_id, t.period AS target_period, t.value AS target, t.unit AS target_unit,
    t.value_reported AS target_reported, t.unit_reported AS target_unit_reported, t.comparator AS target_comparator,
    t.value_text AS target_text, t.value_low AS target_low, t.value_high AS target_high, t.binding AS target_binding,
    t.origin AS target_origin, t.qualifier AS target_qualifier, t.report_id AS target_report,
    t.report_id IN (SELECT report_id FROM reports WHERE kind = 'five_year_plan') AS target_in_plan,
    a.fact_id AS actual_id, a.period AS actual_period, a.value AS actual, a.unit AS actual_unit, a.value_reported AS actual_reported,
    a.unit_reported AS actual_unit_reported, a.comparator AS actual_comparator, a.value_text AS actual_text,
    a.value_low AS actual_low, a.value_high AS actual_high, a.origin AS actual_origin, a.qualifier AS actual_qualifier,
    a.report_id AS actual_report, a.source_title AS actual_source,
    coalesce(y.year <= (SELECT year FROM summary.passed), FALSE) AS due,
    s.place IS NOT NULL AS sets_targets,
    coalesce(h.covered, FALSE) AS covered,
    coalesce(h.results_held, FALSE) AS results_held,
    g.value AS economy_growth
FROM places p
CROSS JOIN years y
CROSS JOIN wanted i
LEFT JOIN measures m ON m.place = p.place AND m.year = y.year AND m.indicator_id = i.indicator_id
LEFT JOIN results a ON a.place = p.place AND a.year = y.year
    AND a.indicator_id = m.indicator_id AND a.measure = m.measure
LEFT JOIN targets t ON t.place = p.place AND t.year = y.year AND t.indicator_id = m.indicator_id AND t.measure = m.measure
LEFT JOIN tables s ON s.place = p.place AND s.year = y.year
LEFT JOIN held h ON h.place = p.place AND h.year = y.year
LEFT JOIN economy g ON g.place = p.place AND g.year = y.year
ORDER BY p.position,
    CASE WHEN $headline THEN i.headline_order ELSE i.menu END, y.year, m.measure, t.fact_id, a.fact_id
