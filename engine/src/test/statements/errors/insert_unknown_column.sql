INSERT INTO linode.volumes.volumes (label, data__region) VALUES ('a', 'us-east');
