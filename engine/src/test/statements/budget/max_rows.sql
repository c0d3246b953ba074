SET max_rows = 3;
SELECT label FROM linode.instances.linodes LIMIT 3;
SELECT label FROM linode.instances.linodes
