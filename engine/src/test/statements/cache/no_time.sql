SET cache_ttl = 'a while'
