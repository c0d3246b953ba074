-- A row that cannot be sent keeps the others from being sent.
INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) VALUES ('first', 'us-east', 20), ('second', 'us-east', 'big');
