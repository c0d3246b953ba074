SET max_requests = 1;
SELECT count(*) AS n FROM linode.regions.regions WHERE id = 'us-east';
SET max_requests = DEFAULT;
SELECT count(*) AS n FROM linode.account.events WHERE id IN (1, 2, 3)
