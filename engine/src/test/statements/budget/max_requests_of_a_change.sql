SET max_requests = 2;
SET on_incomplete = 'warn';
INSERT INTO linode.volumes.volumes (data__label, data__size, data__region) VALUES ('va', 20, 'us-east'), ('vb', 20, 'us-east'), ('vc', 20, 'us-east'), ('vd', 20, 'us-east')
