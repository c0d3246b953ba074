EXPLAIN SELECT i.label, d.size FROM linode.instances.linodes i JOIN linode.instances.disks d ON d.linodeId = i.id;
EXPLAIN SELECT * FROM linode.instances.linodes LIMIT 5;
EXPLAIN SELECT * FROM linode.instances.types WHERE typeId IN ('g6-nanode-1', 'g6-standard-1');
EXPLAIN INSERT INTO linode.profile.sshkeys (data__label, data__ssh_key) VALUES ('a', 'ssh-rsa AAAA');
EXPLAIN DELETE FROM linode.volumes.volumes WHERE volumeId IN (1, 2);
EXPLAIN EXEC linode.instances.linodes.bootLinodeInstance @linodeId=1;
EXPLAIN SELECT 1;
EXPLAIN SELECT count(*) FROM linode.instances.linodes LIMIT 1;
