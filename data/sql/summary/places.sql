-- 有数据或报告的地方，按菜单次序；first_row、last_row 是它在 facts 中的起止行（rowid），没有数据则为空
SELECT row_number() OVER menu AS position, coalesce(p.district_code, p.district) AS place, p.district_code, p.district,
    sum(p.facts)::BIGINT AS facts, min(p.first_row) AS first_row, max(p.last_row) AS last_row
FROM (
    SELECT district_code, district, count(*) AS facts, min(rowid) AS first_row, max(rowid) AS last_row FROM facts GROUP BY ALL
    UNION ALL SELECT DISTINCT district_code, district, 0, NULL, NULL FROM reports
) p LEFT JOIN districts d USING (district_code)
GROUP BY p.district_code, p.district, d.menu_order
WINDOW menu AS (ORDER BY d.menu_order NULLS LAST, p.district_code NULLS LAST, p.district)
ORDER BY position
