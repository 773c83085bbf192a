-- Each district and year of the build: is there a report whose business are this year's results, one that sets its
-- targets, and has the year passed. The same rules as in pairs.sql.
-- Beside it how many headline indicators have a result or a target: stated in a report, and in all.
WITH places AS (
    SELECT DISTINCT district_code, district FROM facts
    UNION
    SELECT DISTINCT district_code, district FROM reports
),
years AS (
    SELECT unnest(generate_series(min(f.year), max(f.year))) AS year
    FROM facts f JOIN indicators i USING (indicator_id)
),
headline AS (
    SELECT f.* FROM facts f JOIN indicators i USING (indicator_id)
    WHERE i.headline_order IS NOT NULL AND (f.status = 'target' OR f.period = 'annual')
),
counted AS (
    SELECT district, district_code, year,
        count(DISTINCT indicator_id) FILTER (WHERE status = 'actual') AS results,
        count(DISTINCT indicator_id) FILTER (WHERE status = 'actual' AND origin IN ('table', 'prose')) AS results_stated,
        count(DISTINCT indicator_id) FILTER (WHERE status = 'target') AS targets,
        count(DISTINCT indicator_id) FILTER (WHERE status = 'target' AND origin IN ('table', 'prose')) AS targets_stated
    FROM headline GROUP BY ALL
)
SELECT p.district, p.district_code, y.year,
    EXISTS (
        SELECT 1 FROM reports r WHERE r.district = p.district AND r.district_code IS NOT DISTINCT FROM p.district_code
            AND y.year = results_year(r.kind, r.year_from)
    ) AS results_held,
    EXISTS (
        SELECT 1 FROM reports r WHERE r.district = p.district AND r.district_code IS NOT DISTINCT FROM p.district_code
            AND (y.year = r.year_to OR y.year = r.year_from AND r.kind = 'annual_plan_report')
    ) AS targets_held,
    coalesce(y.year <= (SELECT year FROM passed), FALSE) AS due,
    coalesce(c.results, 0) AS results, coalesce(c.results_stated, 0) AS results_stated,
    coalesce(c.targets, 0) AS targets, coalesce(c.targets_stated, 0) AS targets_stated,
    (SELECT count(*) FROM indicators WHERE headline_order IS NOT NULL) AS headline
FROM places p CROSS JOIN years y
LEFT JOIN districts d ON d.district_code = p.district_code
LEFT JOIN counted c ON c.district = p.district AND c.district_code IS NOT DISTINCT FROM p.district_code AND c.year = y.year
ORDER BY d.menu_order NULLS LAST, p.district_code NULLS LAST, p.district, y.year
