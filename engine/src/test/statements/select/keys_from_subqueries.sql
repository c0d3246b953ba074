SELECT count(*) AS n FROM linode.instances.linodes WHERE linodeId = (SELECT min(id) FROM linode.instances.linodes);
SELECT count(DISTINCT linodeId) AS n FROM linode.instances.disks WHERE linodeId IN (SELECT id FROM linode.instances.linodes ORDER BY id LIMIT 3);
SELECT count(DISTINCT linodeId) AS n FROM linode.instances.disks WHERE linodeId IN (SELECT id FROM linode.instances.linodes WHERE label = 'nothing like it');
-- A correlated one gives no keys beforehand.
SELECT label, (SELECT count(*) FROM linode.instances.disks d WHERE d.linodeId = i.id) AS disks FROM linode.instances.linodes i ORDER BY 1 LIMIT 3;
