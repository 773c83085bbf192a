-- 查找用：哪些地方（places 的 position）的报告里有相邻的这两个字（term，小写）；制表符开头的是指标代号或名称，指报告中有它的事实
WITH texts AS (
    SELECT p.position, lower(t.text) AS text
    FROM passages t JOIN reports r USING (report_id)
    JOIN summary.places p ON p.district = r.district AND p.district_code IS NOT DISTINCT FROM r.district_code
    UNION ALL
    SELECT p.position, lower(summary.worded(f.quote, f.indicator, f.indicator_reported, f.value_text, f.source_title, f.note))
    FROM facts f JOIN summary.places p ON p.district = f.district AND p.district_code IS NOT DISTINCT FROM f.district_code
    WHERE f.quote IS NULL
),
pieces AS (  -- a line of millions of characters is taken in pieces; each goes on to the first character of the next
    SELECT position, substr(text || ' ', begun + 1, 5001) AS text
    FROM (SELECT position, text, unnest(range(0, length(text) + 1, 5000)) AS begun FROM texts)
),
letters AS (SELECT position, string_split(text, '') AS letter FROM pieces),
pairs AS (
    SELECT DISTINCT position, unnest(list_transform(list_zip(letter, letter[2:]), lambda pair: pair[1] || pair[2])) AS term
    FROM letters
    UNION
    SELECT DISTINCT p.position, chr(9) || unnest([f.indicator_id, f.indicator])
    FROM facts f JOIN summary.places p ON p.district = f.district AND p.district_code IS NOT DISTINCT FROM f.district_code
    WHERE f.char_end IS NOT NULL
)
SELECT term, list(position ORDER BY position) AS places FROM pairs
WHERE term IS NOT NULL AND term[1] <> ' ' GROUP BY term ORDER BY term
