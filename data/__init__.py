"""The contract in the middle: what the ETL writes and the pages read."""
