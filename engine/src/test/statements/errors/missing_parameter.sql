SELECT *
FROM linode.instances.disks;
