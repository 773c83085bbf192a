-- 每条事实在 facts 中的行（rowid），按编号排列，供按编号取数
SELECT fact_id, rowid AS row FROM facts ORDER BY fact_id
