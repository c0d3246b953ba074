INSERT INTO linode.vpcs.vpcs (data__label, data__region, data__description) VALUES ('net', 'us-east', 'one') RETURNING label, description;
