INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) VALUES ('unwanted', 'us-east', 20) RETURNING nope;
