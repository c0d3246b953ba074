-- `linodeId` in the inner query is a parameter of disks, not of linodes.
SELECT count(*) AS n FROM linode.instances.linodes WHERE id IN (SELECT linodeId FROM linode.instances.disks WHERE linodeId = (SELECT min(id) FROM linode.instances.linodes));
