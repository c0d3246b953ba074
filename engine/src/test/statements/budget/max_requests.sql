SET max_requests = 1;
SELECT count(*) AS n FROM linode.regions.regions WHERE id = 'us-east';
SET max_requests = DEFAULT;
SELECT count(*) AS n FROM linode.account.events WHERE id IN (1, 2, 3);
SET max_requests = 2;
SELECT t.id, d.id FROM linode.instances.linodes t JOIN linode.instances.disks d ON d.linodeId = t.id
