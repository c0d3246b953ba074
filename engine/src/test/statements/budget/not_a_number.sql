SET max_seconds = soon
