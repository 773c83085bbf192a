-- 每个补充来源有多少数：figures 全部，high、medium 可信程度，used 用在看板，stated 报告中也有，disputed 与报告说法不一
SELECT source, any_value(source_title) AS source_title, any_value(source_url) AS source_url, count(*) AS figures,
    count(*) FILTER (WHERE confidence = 'high') AS high, count(*) FILTER (WHERE confidence = 'medium') AS medium,
    count(*) FILTER (WHERE preferred) AS used, count(stated_id) AS stated, count(*) FILTER (WHERE disputed) AS disputed
FROM summary.supplement GROUP BY source ORDER BY source
