-- 每条发现提到的事实和所在的地方，按事实编号排列；没有提到事实的发现不在此表
SELECT n.fact_id, n.finding_id, coalesce(f.district_code, f.district) AS place
FROM (SELECT finding_id, unnest(fact_ids) AS fact_id FROM findings) n LEFT JOIN facts f USING (fact_id)
ORDER BY ALL
