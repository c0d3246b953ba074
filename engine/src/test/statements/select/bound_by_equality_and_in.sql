-- One thing by its key, by quoted key, several by IN, twice the same, none at all.
SELECT id, label, linodeId FROM linode.instances.linodes WHERE linodeId = (SELECT min(id) FROM linode.instances.linodes);
SELECT count(*) AS n FROM linode.instances.linodes WHERE linodeId = NULL;
SELECT id, class FROM linode.instances.types WHERE typeId = 'g6-nanode-1';
SELECT id, class FROM linode.instances.types WHERE typeId IN ('g6-nanode-1', 'g6-standard-1', 'g6-nanode-1', NULL) ORDER BY id;
SELECT id FROM linode.instances.types WHERE typeId = 'no-such-type';
SELECT id FROM linode.instances.types WHERE typeId = 'g6-' || 'nanode-1';
