-- 各地口径变化和可疑的数：不能连成一条线的事实
SELECT DISTINCT coalesce(f.district_code, f.district) AS place, b.finding_id, b.fact_ids, b.message
FROM (SELECT *, unnest(fact_ids) AS fact_id FROM findings WHERE kind IN ('definition_break', 'implausible')) b
JOIN facts f USING (fact_id) ORDER BY ALL
