DESCRIBE cloudflare.yards.visits_1h_groups;
SELECT datetime, visits FROM cloudflare.yards.visits_1h_groups
WHERE yard_tag = 'y1' AND since = '2026-01-01T00:00:00Z' ORDER BY datetime;
SELECT datetime FROM cloudflare.yards.visits_1h_groups
WHERE yard_tag = 'y2' AND since = '2026-01-01T00:00:00Z' AND "limit" = 1;
SELECT datetime, count FROM cloudflare.yards.visits_adaptive
WHERE yard_tag = 'y1' AND since = '2026-01-01T00:00:00Z' ORDER BY datetime;
SELECT datetime FROM cloudflare.yards.visits_1h_groups WHERE yard_tag = 'y9' AND since = '2026-01-01T00:00:00Z';
