-- Place x indicator x year x measure: what was planned for the year beside what was reported for it.
-- At the marks queries/figures.py says which rows hold the places and their facts.
-- The grid of places, years and wanted indicators is complete: where nothing is reported one row stays, with NULL measure,
-- target and actual. Wanted are the named indicators; else the headline ones ($headline) or all that any place has something on.
-- Which target stands beside which result: summary/target_results.sql.
WITH places AS (
    SELECT place, district_code, district, position FROM summary.places
    WHERE len($places) = 0 OR list_contains($places, place)
),
years AS (SELECT unnest($years) AS year),
pairs AS (
    SELECT * FROM summary.target_results
    WHERE /*positions*/ AND year BETWEEN list_min($years) AND list_max($years) AND list_contains($years, year)
        AND (len($indicators) = 0 OR list_contains($indicators, indicator_id))
),
said AS (
    SELECT rowid AS row, * FROM facts
    WHERE /*places*/ AND preferred AND year BETWEEN list_min($years) AND list_max($years)
        AND (len($indicators) = 0 OR list_contains($indicators, indicator_id))
),
wanted AS (
    SELECT *, row_number() OVER () AS menu FROM indicators
    QUALIFY CASE
        WHEN len($indicators) > 0 THEN list_contains($indicators, indicator_id)
        WHEN $headline THEN headline_order IS NOT NULL
        ELSE indicator_id IN (SELECT indicator_id FROM pairs) END
)
SELECT
    p.place, p.district, p.district_code, y.year, i.indicator_id, i.indicator, i.category, i.direction, i.unit_change, i.headline_order, m.measure,
    t.fact_id AS target_id, t.period AS target_period, t.value AS target, t.unit AS target_unit,
    t.value_reported AS target_reported, t.unit_reported AS target_unit_reported, t.comparator AS target_comparator,
    t.value_text AS target_text, t.value_low AS target_low, t.value_high AS target_high, t.binding AS target_binding,
    t.origin AS target_origin, t.qualifier AS target_qualifier, t.report_id AS target_report,
    t.report_id IN (SELECT report_id FROM reports WHERE kind = 'five_year_plan') AS target_in_plan,
    a.fact_id AS actual_id, a.period AS actual_period, a.value AS actual, a.unit AS actual_unit, a.value_reported AS actual_reported,
    a.unit_reported AS actual_unit_reported, a.comparator AS actual_comparator, a.value_text AS actual_text,
    a.value_low AS actual_low, a.value_high AS actual_high, a.origin AS actual_origin, a.qualifier AS actual_qualifier,
    a.provisional AS actual_provisional, a.report_id AS actual_report, a.source_title AS actual_source,
    coalesce(y.year <= (SELECT year FROM summary.passed), FALSE) AS due,
    coalesce(h.sets_targets, FALSE) AS sets_targets,
    coalesce(h.covered, FALSE) AS covered,
    coalesce(h.results_held, FALSE) AS results_held,
    h.economy_growth
FROM places p
CROSS JOIN years y
CROSS JOIN wanted i
LEFT JOIN pairs m ON m.position = p.position AND m.year = y.year AND m.indicator_id = i.indicator_id
LEFT JOIN said t ON t.row = m.target_row
LEFT JOIN said a ON a.row = m.actual_row
LEFT JOIN summary.place_years h ON h.place = p.place AND h.year = y.year
ORDER BY p.position,
    CASE WHEN $headline THEN i.headline_order ELSE i.menu END, y.year, m.measure, t.fact_id, a.fact_id
