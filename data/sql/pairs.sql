-- District x headline indicator x measure: what was planned for the year beside what was reported for it.
-- The grid is complete: an indicator nobody reports keeps one row with NULL measure, target and actual.
WITH places AS (
    SELECT DISTINCT district_code, district FROM facts
    UNION
    SELECT DISTINCT district_code, district FROM reports
),
kept AS (
    SELECT * FROM facts
    WHERE preferred AND period = 'annual' AND year = $year AND indicator_id IS NOT NULL
),
averages AS (  -- a plan's yearly average up to this year, where nothing is said of the year itself
    SELECT * FROM facts
    WHERE preferred AND period = 'average' AND status = 'target' AND year = $year AND indicator_id IS NOT NULL
),
measures AS (
    SELECT DISTINCT district, district_code, indicator_id, measure FROM (SELECT * FROM kept UNION ALL SELECT * FROM averages)
),
reporting AS (  -- the last year a district's own reports give results for, and whether a table sets targets for this one
    SELECT district, district_code, max(year) FILTER (WHERE status = 'actual' AND origin IN ('table', 'prose')) AS last_actual,
           count(*) FILTER (WHERE status = 'target' AND origin = 'table' AND year = $year) > 0 AS sets_targets
    FROM facts GROUP BY district, district_code
)
SELECT
    p.district, p.district_code, i.indicator_id, i.indicator, i.category, i.direction, m.measure,
    t.fact_id AS target_id, t.period AS target_period, t.value AS target, t.unit AS target_unit, t.value_reported AS target_reported,
    t.comparator AS target_comparator, t.value_text AS target_text, t.value_low AS target_low,
    t.value_high AS target_high, t.binding AS target_binding, t.origin AS target_origin, t.qualifier AS target_qualifier,
    a.fact_id AS actual_id, a.value AS actual, a.unit AS actual_unit, a.value_reported AS actual_reported,
    a.comparator AS actual_comparator, a.value_text AS actual_text, a.origin AS actual_origin,
    a.qualifier AS actual_qualifier,
    coalesce(r.last_actual >= $year, FALSE) AS due,
    coalesce(r.sets_targets, FALSE) AS sets_targets,
    EXISTS (
        SELECT 1 FROM reports rep
        WHERE rep.district = p.district AND rep.district_code IS NOT DISTINCT FROM p.district_code
            AND ($year IN (rep.year_from, rep.year_to) OR rep.kind = 'five_year_plan' AND $year = rep.year_from - 1)
    ) AS covered,
    EXISTS (  -- a report whose business is this year's results; a report that only sets targets for it is none
        SELECT 1 FROM reports rep
        WHERE rep.district = p.district AND rep.district_code IS NOT DISTINCT FROM p.district_code
            AND $year = CASE rep.kind WHEN 'five_year_plan' THEN rep.year_from - 1 ELSE rep.year_from END
    ) AS results_held,
    g.value AS economy_growth
FROM places p
CROSS JOIN (SELECT *, row_number() OVER () AS menu FROM indicators) i
LEFT JOIN districts d ON d.district_code = p.district_code
LEFT JOIN reporting r ON r.district = p.district AND r.district_code IS NOT DISTINCT FROM p.district_code
LEFT JOIN measures m ON m.district = p.district AND m.district_code IS NOT DISTINCT FROM p.district_code
    AND m.indicator_id = i.indicator_id
LEFT JOIN kept a ON a.status = 'actual' AND a.district = p.district
    AND a.district_code IS NOT DISTINCT FROM p.district_code
    AND a.indicator_id = m.indicator_id AND a.measure = m.measure
LEFT JOIN (SELECT * FROM kept UNION ALL SELECT * FROM averages) t ON t.status = 'target' AND t.district = p.district
    AND t.district_code IS NOT DISTINCT FROM p.district_code
    AND t.indicator_id = m.indicator_id AND t.measure = m.measure
    AND (t.period = 'annual' OR a.fact_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM kept k WHERE k.status = 'target' AND k.district = t.district AND k.indicator_id = t.indicator_id
            AND k.measure = t.measure))
LEFT JOIN kept g ON g.status = 'actual' AND g.district = p.district
    AND g.district_code IS NOT DISTINCT FROM p.district_code
    AND g.indicator_id = $economy AND g.measure = 'growth'
WHERE ($headline AND i.headline_order IS NOT NULL) OR (NOT $headline AND m.measure IS NOT NULL)
ORDER BY d.menu_order NULLS LAST, p.district_code NULLS LAST, p.district,
    CASE WHEN $headline THEN i.headline_order ELSE i.menu END, m.measure
