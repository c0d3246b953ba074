SET max_rows = -5
