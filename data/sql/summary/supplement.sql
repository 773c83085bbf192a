-- 补充来源的每个数（source 为来源的次序，数多的在前），报告对同一件事的首选说法 stated_*（没有则为空），两者是否说法不一 disputed
WITH mine AS (SELECT * FROM facts WHERE origin = 'supplement'),
stated AS (
    SELECT DISTINCT ON (t.district, t.district_code, t.indicator, t.measure, t.status, t.year, t.period) t.*
    FROM facts t SEMI JOIN mine s ON t.district = s.district AND t.indicator = s.indicator AND t.year = s.year
    WHERE t.origin IN ('table', 'prose')
    ORDER BY t.district, t.district_code, t.indicator, t.measure, t.status, t.year, t.period, t.preferred DESC, t.line_start, t.fact_id
),
disputed AS (
    SELECT DISTINCT s.fact_id FROM mine s
    JOIN summary.finding_facts a ON a.fact_id = s.fact_id
    JOIN findings g ON g.finding_id = a.finding_id AND g.kind IN ('contradiction', 'definition_break')
    JOIN summary.finding_facts b ON b.finding_id = g.finding_id
    JOIN facts o ON o.fact_id = b.fact_id AND o.origin IN ('table', 'prose')
        AND o.indicator = s.indicator AND o.year = s.year AND o.measure = s.measure
),
sources AS (
    SELECT source_title, source_url, row_number() OVER (ORDER BY count(*) DESC, source_title, source_url) - 1 AS source
    FROM mine GROUP BY source_title, source_url
)
SELECT n.source, s.fact_id, s.source_title, s.source_url, s.confidence, s.note, s.qualifier, s.preferred,
    s.district, s.indicator, s.indicator_reported, s.measure, s.year, s.period, s.period_start,
    s.value, s.unit, s.comparator, s.value_text, s.value_low, s.value_high, s.origin,
    t.fact_id AS stated_id, t.value AS stated_value, t.unit AS stated_unit, t.comparator AS stated_comparator,
    t.value_text AS stated_text, t.report_id AS stated_report,
    t.fact_id IS NOT NULL AND s.fact_id IN (SELECT fact_id FROM disputed) AS disputed
FROM mine s
JOIN sources n ON n.source_title IS NOT DISTINCT FROM s.source_title AND n.source_url IS NOT DISTINCT FROM s.source_url
LEFT JOIN stated t ON t.district = s.district AND t.district_code IS NOT DISTINCT FROM s.district_code
    AND t.indicator = s.indicator AND t.measure = s.measure AND t.status = s.status AND t.year = s.year
    AND t.period = s.period
LEFT JOIN districts d ON d.district_code = s.district_code
ORDER BY n.source, d.menu_order NULLS LAST, s.district, s.year, s.indicator, s.measure, s.fact_id
