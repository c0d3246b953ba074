-- What make-aot-cache runs, so that the classes that statements like these need are in the cache.
SHOW PROVIDERS;
SHOW SERVICES IN linode LIKE '%n%';
SHOW RESOURCES IN linode.instances;
SHOW METHODS IN linode.profile.phone_number;
DESCRIBE linode.instances.linodes;
SELECT region, count(*) AS n FROM linode.instances.linodes GROUP BY region ORDER BY n DESC;
SELECT i.label, d.size FROM linode.instances.linodes i JOIN linode.instances.disks d ON d.linodeId = i.id LIMIT 5;
EXPLAIN SELECT id, label FROM linode.instances.linodes WHERE status = 'running' LIMIT 5;
EXEC linode.profile.phone_number.postProfilePhoneNumber @data__iso_code='US', @data__phone_number='555-555-0100';
INSERT INTO linode.volumes.volumes (data__label, data__region, data__size) VALUES ('training', 'us-east', 20);
