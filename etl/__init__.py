"""Reports in, parquet out: read -> blocks -> facts -> resolve -> derive -> check -> write."""
