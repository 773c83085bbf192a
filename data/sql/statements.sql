-- Facts that fit every filter; an empty list and NULL filter nothing. The questions asked of them follow in queries.py, which puts
-- only fixed texts in the place of the mark at the end, never a value.
WITH fitting AS (
    SELECT f.*, coalesce(f.district_code, f.district) AS place FROM facts f
    WHERE (len($places::VARCHAR[]) = 0 OR list_contains($places::VARCHAR[], coalesce(f.district_code, f.district)))
        AND (len($indicators::VARCHAR[]) = 0 OR list_contains($indicators::VARCHAR[], coalesce(f.indicator_id, f.indicator)))
        AND ($theme::VARCHAR IS NULL OR f.category = $theme::VARCHAR)
        AND (len($years::INTEGER[]) = 0 OR list_contains($years::INTEGER[], f.year))
        AND (len($statuses::VARCHAR[]) = 0 OR list_contains($statuses::VARCHAR[], f.status))
        AND (len($measures::VARCHAR[]) = 0 OR list_contains($measures::VARCHAR[], f.measure))
        AND (len($origins::VARCHAR[]) = 0 OR list_contains($origins::VARCHAR[], f.origin))
        AND (len($reports::VARCHAR[]) = 0 OR list_contains($reports::VARCHAR[], f.report_id))
        AND (NOT $preferred::BOOLEAN OR f.preferred)
        AND (len($fact_ids::VARCHAR[]) = 0 OR f.fact_id IN (SELECT unnest($fact_ids::VARCHAR[])))
        -- a fact without a sentence is found by the words that stand for it
        AND (len($words::VARCHAR[]) = 0 OR len(list_filter($words::VARCHAR[], lambda w: NOT contains(lower(coalesce(
            f.quote, concat_ws(' ', f.indicator, f.indicator_reported, f.value_text, f.source_title, f.note))), w))) = 0)
),
menu AS (SELECT indicator_id, row_number() OVER () AS position FROM indicators)
/*what*/
