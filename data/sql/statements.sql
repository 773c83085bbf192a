-- Facts that fit every filter. The conditions and the questions asked of them stand in queries/statements.py, which puts only fixed texts
-- in the place of the marks, never a value. "row" is the place of a fact in the table, which is in menu order.
WITH fitting AS (
    SELECT f.*, coalesce(f.district_code, f.district) AS place, f.rowid AS row FROM facts f WHERE /*where*/
),
menu AS (SELECT indicator_id, row_number() OVER () AS position FROM indicators)
/*what*/
