-- 数值最大和最小的各十万条事实 row（facts 的 rowid），descending 为真的从大到小，为假的从小到大，同值按表中次序：不加筛选按数值排序时用
SELECT true AS descending, value, row FROM (
    SELECT value, rowid AS row FROM facts ORDER BY value DESC NULLS LAST, rowid LIMIT 100000)
UNION ALL
SELECT false, value, row FROM (
    SELECT value, rowid AS row FROM facts ORDER BY value ASC NULLS LAST, rowid LIMIT 100000)
