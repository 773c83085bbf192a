-- Every supplementary figure, source by source (the one with most figures first), and what the reports say of the same thing:
-- stated (the report's preferred statement, NULL without one) and disputed (a finding names both the figure and a report's).
WITH stated AS (
    SELECT DISTINCT ON (district, district_code, indicator, measure, status, year, period) *
    FROM facts WHERE origin IN ('table', 'prose')
    ORDER BY district, district_code, indicator, measure, status, year, period, preferred DESC, line_start, fact_id
)
SELECT s.fact_id, s.source_title, s.source_url, s.confidence, s.note, s.qualifier, s.preferred,
    s.district, s.indicator, s.indicator_reported, s.measure, s.year, s.period, s.period_start,
    s.value, s.unit, s.comparator, s.value_text, s.value_low, s.value_high, s.origin,
    t.fact_id AS stated_id, t.value AS stated_value, t.unit AS stated_unit, t.comparator AS stated_comparator,
    t.value_text AS stated_text, t.report_id AS stated_report,
    t.fact_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM findings g JOIN facts o ON list_contains(g.fact_ids, o.fact_id)
        WHERE g.kind IN ('contradiction', 'definition_break') AND list_contains(g.fact_ids, s.fact_id)
            AND o.origin IN ('table', 'prose') AND o.indicator = s.indicator AND o.year = s.year AND o.measure = s.measure
    ) AS disputed
FROM facts s
LEFT JOIN stated t ON t.district = s.district AND t.district_code IS NOT DISTINCT FROM s.district_code
    AND t.indicator = s.indicator AND t.measure = s.measure AND t.status = s.status AND t.year = s.year
    AND t.period = s.period
LEFT JOIN districts d ON d.district_code = s.district_code
WHERE s.origin = 'supplement'
ORDER BY count(*) OVER (PARTITION BY s.source_title, s.source_url) DESC, s.source_title, s.source_url,
    d.menu_order NULLS LAST, s.district, s.year, s.indicator, s.measure, s.fact_id
