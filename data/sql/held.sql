-- Each district and year of the build: is there a report whose business are this year's results, one that sets its
-- targets, and has the year passed.
-- Beside it how many headline indicators have a result or a target: stated in a report, and in all.
WITH places AS (
    SELECT * FROM summary.places WHERE $places IS NULL OR list_contains($places::VARCHAR[], place)
),
years AS (SELECT unnest(generate_series(min(year), max(year))) AS year FROM summary.years),
mine AS (SELECT r.* FROM reports r WHERE r.district IN (SELECT district FROM places))
SELECT p.district, p.district_code, y.year,
    coalesce(h.results_held, FALSE) AS results_held,
    EXISTS (
        SELECT 1 FROM mine r WHERE r.district = p.district AND r.district_code IS NOT DISTINCT FROM p.district_code
            AND (y.year = r.year_to OR y.year = r.year_from AND r.kind = 'annual_plan_report')
    ) AS targets_held,
    coalesce(y.year <= (SELECT year FROM summary.passed), FALSE) AS due,
    coalesce(c.results, 0) AS results, coalesce(c.results_stated, 0) AS results_stated,
    coalesce(c.targets, 0) AS targets, coalesce(c.targets_stated, 0) AS targets_stated,
    (SELECT count(*) FROM indicators WHERE headline_order IS NOT NULL) AS headline
FROM places p CROSS JOIN years y
LEFT JOIN summary.headline c ON c.district = p.district AND c.district_code IS NOT DISTINCT FROM p.district_code AND c.year = y.year
LEFT JOIN summary.place_years h ON h.place = p.place AND h.year = y.year
ORDER BY p.position, y.year
