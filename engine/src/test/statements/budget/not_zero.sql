SET max_requests = 0
