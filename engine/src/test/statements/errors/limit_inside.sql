-- Behind a LIMIT the rows would be other rows, so the condition stays outside.
SELECT * FROM (SELECT * FROM linode.instances.disks LIMIT 3) WHERE linodeId = 1001;
