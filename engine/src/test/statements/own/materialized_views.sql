CREATE MATERIALIZED VIEW volumes AS SELECT label FROM linode.volumes.volumes;
SELECT count(*) AS before FROM volumes;
INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) VALUES ('fresh', 'us-east', 20);
SELECT count(*) AS fresh FROM volumes WHERE label = 'fresh';
REFRESH MATERIALIZED VIEW volumes;
SELECT count(*) AS fresh FROM volumes WHERE label = 'fresh';
DROP MATERIALIZED VIEW volumes;
DROP MATERIALIZED VIEW IF EXISTS volumes;
DROP VIEW IF EXISTS volumes;
