-- 每条事实在 facts 中的行（rowid），按编号的散列值 key 排列，供按编号取数
SELECT md5_number_lower(fact_id)::UBIGINT AS key, rowid AS row FROM facts ORDER BY ALL
