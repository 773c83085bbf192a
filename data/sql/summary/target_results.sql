-- 各地（places 的 position）各指标各年的目标与完成并排：首选事实在 facts 中的行（rowid），没有则为空
-- A yearly average speaks for its last year where nothing is said of the year itself, neither target nor result; and only
-- against such a target is a yearly average a result. Of a year itself there is one preferred target and one result at most.
WITH kept AS NOT MATERIALIZED (
    SELECT f.rowid AS row, p.position, f.indicator_id, f.year, f.measure, f.status, f.period, f.period_start
    FROM facts f JOIN summary.places p ON p.place = coalesce(f.district_code, f.district)
    WHERE f.preferred AND f.indicator_id IS NOT NULL AND f.period IN ('annual', 'average')
),
averages AS MATERIALIZED (SELECT * FROM kept WHERE period = 'average'),
said AS (  -- of what there is an average too
    SELECT DISTINCT position, indicator_id, year, measure
    FROM (SELECT * FROM kept WHERE period = 'annual') SEMI JOIN averages USING (position, indicator_id, year, measure)
),
targets AS (
    SELECT * FROM averages ANTI JOIN said USING (position, indicator_id, year, measure) WHERE status = 'target'
),
results AS (
    SELECT * FROM averages SEMI JOIN targets USING (position, indicator_id, year, measure, period_start) WHERE status = 'actual'
)
SELECT position, indicator_id, year, measure, min(row) FILTER (WHERE status = 'target') AS target_row,
    min(row) FILTER (WHERE status = 'actual') AS actual_row
FROM kept WHERE period = 'annual' GROUP BY ALL
UNION ALL SELECT position, indicator_id, year, measure, t.row, a.row
FROM targets t LEFT JOIN results a USING (position, indicator_id, year, measure)
ORDER BY ALL
