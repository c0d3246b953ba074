-- A parameter that several tables take is given once, or merged by USING.
SELECT count(*) > 0 AS found FROM linode.instances.disks d CROSS JOIN linode.instances.configs c WHERE linodeId = 20000001;
SELECT count(*) > 0 AS found FROM linode.instances.disks JOIN linode.instances.configs USING (linodeId) WHERE linodeId IN (20000001, 20000002);
SELECT i.id, count(d.id) AS disks FROM linode.instances.linodes i LEFT JOIN linode.instances.disks d ON d.linodeId = i.id AND i.id = 20000002 GROUP BY 1 ORDER BY 1 LIMIT 2;
EXPLAIN SELECT count(*) FROM linode.instances.disks d CROSS JOIN linode.instances.configs c WHERE linodeId = 20000001;
-- Said once of both sides of an outer join, it keeps the rows that find no partner.
SELECT count(*) > 0 AS kept FROM linode.instances.disks d LEFT JOIN linode.instances.configs c ON c.label = d.label WHERE linodeId = 20000001;
SELECT count(*) > 0 AS kept FROM linode.instances.disks d FULL JOIN linode.instances.configs c ON c.label = d.label WHERE linodeId = 20000001;
