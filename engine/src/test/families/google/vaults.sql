SHOW METHODS IN google.vaults.vaults;
DESCRIBE google.vaults.vaults;
SELECT name, "usedBytes", json_extract(door, '$.kind') AS kind, labels
FROM google.vaults.vaults WHERE "projectsId" = 'p1' ORDER BY name;
SELECT name FROM google.vaults.vaults WHERE "projectsId" = 'p1' AND filter = 'labels.env=test' AND "pageSize" = 5;
SELECT name, door FROM google.vaults.vaults WHERE "projectsId" = 'p1' AND "vaultsId" = 'a';
SELECT name FROM google.vaults.vaults WHERE "projectsId" = 'empty';
SELECT name FROM google.vaults.vaults WHERE "projectsId" = 'closed';
INSERT INTO google.vaults.vaults("projectsId", "vaultId", data__labels, data__door, data__keys)
SELECT 'p1', 'c', '{"env": "test"}', '{"kind": "steel", "locked": true}', '["k1"]' RETURNING name, done;
UPDATE google.vaults.vaults SET data__labels = '{}' WHERE "projectsId" = 'p1' AND "vaultsId" = 'c' AND "updateMask" = 'labels';
DELETE FROM google.vaults.vaults WHERE "projectsId" = 'p1' AND "vaultsId" = 'gone';
