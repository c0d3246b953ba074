-- A view is a name for a query: what is said of it reaches the provider's table.
CREATE VIEW regions AS SELECT id, country FROM linode.regions.regions WHERE country = 'us';
SELECT id FROM regions r WHERE r.id < 'us-f' ORDER BY id;
CREATE VIEW named(region, land) AS SELECT * FROM regions;
SELECT land, count(*) > 1 AS several FROM named GROUP BY ALL;
WITH regions AS (SELECT 'mine' AS id) SELECT id FROM REGIONS;
WITH RECURSIVE regions(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM regions WHERE n < 3) SELECT max(n) AS turns FROM regions;
WITH regions AS (SELECT id FROM regions) SELECT count(*) > 1 AS several FROM regions;
