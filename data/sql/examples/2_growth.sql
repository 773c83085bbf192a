-- 各区县2024年的增速，一项指标一行
PIVOT (
  SELECT indicator AS 指标, district, value
  FROM facts
  WHERE preferred AND status = 'actual' AND measure = 'growth' AND period = 'annual'
    AND year = 2024 AND indicator_id IS NOT NULL AND value IS NOT NULL
)
ON district IN ('綦江', '江津', '南岸')
USING first(value)
ORDER BY 指标
