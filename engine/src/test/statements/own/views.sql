-- A view is a name for a query: what is said of it reaches the provider's table.
CREATE VIEW regions AS SELECT id, country FROM linode.regions.regions WHERE country = 'us';
SELECT id FROM regions r WHERE r.id < 'us-f' ORDER BY id;
CREATE VIEW named(region, land) AS SELECT * FROM regions;
SELECT land, count(*) > 1 AS several FROM named GROUP BY ALL;
WITH regions AS (SELECT 'mine' AS id) SELECT id FROM REGIONS;
