-- 查找用：相邻的两个字 term（小写）出现在哪个地方（places 的 position）的报告里，按 term 排列；制表符开头的是指标代号或名称，指报告中有它的事实
-- Made in portions of places where there are many texts; the marks are the rows of a portion, see data/database.py.
WITH texts AS (
    SELECT p.position, lower(t.text) || ' ' AS text
    FROM passages t JOIN reports r USING (report_id)
    JOIN summary.places p ON p.district = r.district AND p.district_code IS NOT DISTINCT FROM r.district_code
    WHERE /*passages*/ TRUE AND /*positions*/ TRUE
    UNION ALL
    SELECT p.position, lower(summary.worded(f.quote, f.indicator, f.indicator_reported, f.value_text, f.source_title, f.note)) || ' '
    FROM facts f JOIN summary.places p ON p.district = f.district AND p.district_code IS NOT DISTINCT FROM f.district_code
    WHERE f.quote IS NULL AND /*facts*/ TRUE AND /*positions*/ TRUE
),
long AS (  -- texts are taken in pieces, so that few letters wait at a time; each goes on to the first letter of the next
    SELECT position, unnest(list_transform(range(0, length(text), 5000), lambda begun: substr(text, begun + 1, 5001))) AS text
    FROM texts
),
short AS (
    SELECT position, unnest(list_transform(range(0, length(text), 200), lambda begun: substr(text, begun + 1, 201))) AS text FROM long
),
letters AS (SELECT position, string_split(text, '') AS letter FROM short),
pairs AS (
    SELECT position, unnest(list_transform(list_zip(letter, letter[2:]), lambda pair: pair[1] || pair[2])) AS term FROM letters
    UNION ALL
    SELECT p.position, chr(9) || unnest([f.indicator_id, f.indicator])
    FROM facts f JOIN summary.places p ON p.district = f.district AND p.district_code IS NOT DISTINCT FROM f.district_code
    WHERE f.char_end IS NOT NULL AND /*facts*/ TRUE AND /*positions*/ TRUE
)
SELECT DISTINCT term, position FROM pairs WHERE term IS NOT NULL AND term[1] <> ' ' ORDER BY ALL
