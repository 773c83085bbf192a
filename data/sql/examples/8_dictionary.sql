-- 一张表每一列的概况
SUMMARIZE facts
