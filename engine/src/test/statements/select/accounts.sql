-- An account stands behind the provider's name, table by table; a join may use several.
SELECT "linode@dev".regions.regions.id, p.label FROM "linode@dev".regions.regions JOIN "linode@prod".regions.regions p ON p.id = "linode@dev".regions.regions.id ORDER BY 1 LIMIT 2;
EXPLAIN SELECT label FROM "linode@dev".instances.linodes LIMIT 5;
SHOW SERVICES IN "linode@dev" WHERE name = 'regions';
UPDATE "linode@dev".volumes.volumes SET data__label = 'x' WHERE volumeId = 999999999;
