INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) VALUES ('data-1', 'us-east', 20) RETURNING label, size, region;
SELECT label, size FROM linode.volumes.volumes WHERE label = 'data-1';
INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) SELECT 'copy-of-' || label, region, size FROM linode.volumes.volumes WHERE label = 'data-1';
SELECT label, size FROM linode.volumes.volumes WHERE label LIKE '%data-1' ORDER BY 1;
