-- 有数据或报告的地方，按菜单次序；first_row、last_row 是它在 facts 中的起止行（rowid），first_passage、last_passage 是它的报告在 passages 中的，没有则为空
WITH read AS (
    SELECT r.district_code, r.district, min(p.rowid) AS first_passage, max(p.rowid) AS last_passage
    FROM reports r LEFT JOIN passages p USING (report_id) GROUP BY ALL
),
stated AS (
    SELECT district_code, district, count(*) AS facts, min(rowid) AS first_row, max(rowid) AS last_row FROM facts GROUP BY ALL
)
SELECT row_number() OVER menu AS position, coalesce(t.district_code, t.district) AS place, t.district_code, t.district,
    t.facts, t.first_row, t.last_row, t.first_passage, t.last_passage
FROM (
    SELECT coalesce(s.district_code, r.district_code) AS district_code, coalesce(s.district, r.district) AS district,
        greatest(s.facts, 0) AS facts, s.first_row, s.last_row, r.first_passage, r.last_passage
    FROM stated s FULL JOIN read r ON r.district = s.district AND r.district_code IS NOT DISTINCT FROM s.district_code
) t LEFT JOIN districts d USING (district_code)
WINDOW menu AS (ORDER BY d.menu_order NULLS LAST, t.district_code NULLS LAST, t.district)
ORDER BY position
