-- What is said of a derived table, a WITH clause or a view is asked of the API.
EXPLAIN SELECT id FROM (SELECT * FROM linode.instances.disks) d WHERE d.linodeId = 1001 AND size > 5;
EXPLAIN SELECT id FROM (SELECT id, linodeId AS server FROM linode.instances.disks) WHERE server IN (1001, 1002);
EXPLAIN WITH d(disk, server) AS (SELECT id, linodeId FROM linode.instances.disks), e AS (FROM d) SELECT disk FROM e WHERE server = 1001;
EXPLAIN SELECT id FROM (SELECT id, linodeId FROM linode.instances.disks UNION ALL SELECT id, linodeId FROM linode.instances.configs) WHERE linodeId = 1001;
EXPLAIN SELECT * FROM (SELECT linodeId, count(*) AS disks FROM linode.instances.disks GROUP BY linodeId) WHERE linodeId = 1001 OR linodeId = 1002;
EXPLAIN SELECT l.label, d.id FROM linode.instances.linodes l LEFT JOIN (SELECT id, linodeId FROM linode.instances.disks) d ON d.linodeId = 1001;
CREATE VIEW disks AS SELECT linodeId, id, size FROM linode.instances.disks;
EXPLAIN SELECT count(*) FROM disks WHERE linodeId = 1001;
EXPLAIN SELECT id FROM linode.instances.disks WHERE linodeId = 1001 OR linodeId IN (1002, 1003) OR 1004 = linodeId;
EXPLAIN SELECT id FROM linode.instances.disks WHERE size > 3 AND (linodeId = 1001 OR linodeId = 1002);
-- What is not a condition keeps its name.
SELECT region = 'us-east' OR region = 'x' FROM linode.instances.linodes WHERE id < 0;
