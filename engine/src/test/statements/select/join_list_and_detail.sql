SELECT i.label, d.label AS disk, d.size
FROM linode.instances.linodes i JOIN linode.instances.disks d ON d.linodeId = i.id
ORDER BY i.label, disk LIMIT 6;

SELECT i.label, count(d.id) AS disks
FROM linode.instances.linodes i LEFT JOIN linode.instances.disks d ON i.id = d.linodeId
GROUP BY 1 ORDER BY 1 LIMIT 3;

-- A cast in the join, a condition that narrows the keys, a table without alias.
SELECT linodes.label, count(*) AS disks
FROM linode.instances.linodes, linode.instances.disks
WHERE disks.linodeId::VARCHAR = linodes.id::VARCHAR AND linodes.label LIKE '%1'
GROUP BY ALL ORDER BY ALL LIMIT 3;

-- Keys from a subquery and from a CTE.
WITH chosen AS (SELECT id FROM linode.instances.linodes ORDER BY id LIMIT 2)
SELECT count(DISTINCT d.linodeId) AS machines FROM chosen c JOIN linode.instances.disks d ON d.linodeId = c.id;
SELECT count(DISTINCT d.linodeId) AS machines
FROM (SELECT id FROM linode.instances.linodes ORDER BY id LIMIT 3) c JOIN linode.instances.disks d ON d.linodeId = c.id;
