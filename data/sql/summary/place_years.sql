-- 各地各年：covered 有说到这一年的报告，results_held 有报告这一年结果的年度报告，sets_targets 有以表格列出这一年目标的报告，economy_growth 经济增速
SELECT place, year, bool_or(what IN ('report', 'before')) AS covered, bool_or(what = 'results') AS results_held,
    bool_or(what = 'targets') AS sets_targets,
    CASE WHEN count(DISTINCT growth) = 1 THEN max(growth) END AS economy_growth
FROM (
    SELECT coalesce(district_code, district) AS place, 'report' AS what, unnest([year_from, year_to]) AS year, NULL AS growth
    FROM reports
    UNION ALL SELECT coalesce(district_code, district), 'before', year_from - 1, NULL FROM reports WHERE kind = 'five_year_plan'
    UNION ALL SELECT coalesce(district_code, district), 'results', year_from, NULL FROM reports WHERE kind = 'annual_plan_report'
    UNION ALL SELECT DISTINCT coalesce(district_code, district), 'targets', year, NULL FROM facts
    WHERE status = 'target' AND origin = 'table'
    UNION ALL SELECT coalesce(district_code, district), 'economy', year, value FROM facts
    WHERE preferred AND period = 'annual' AND status = 'actual' AND indicator_id = summary.economy() AND measure = 'growth'
)
GROUP BY ALL ORDER BY ALL
