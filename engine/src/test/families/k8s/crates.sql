SHOW METHODS IN k8s.core_v1.crate;
DESCRIBE k8s.core_v1.crate;
SELECT json_extract(metadata, '$.name') AS name, spec FROM k8s.core_v1.crate
WHERE protocol = 'http' AND cluster_addr = '{address}' ORDER BY name;
SELECT json_extract(metadata, '$.name') AS name FROM k8s.core_v1.crate
WHERE protocol = 'http' AND cluster_addr = '{address}' AND namespace = 'default' ORDER BY name;
SELECT kind FROM k8s.core_v1.crate
WHERE protocol = 'http' AND cluster_addr = '{address}' AND namespace = 'default' AND name = 'a';
SELECT kind FROM k8s.core_v1.crate
WHERE protocol = 'http' AND cluster_addr = '{address}' AND namespace = 'default' AND name = 'none';
SELECT kind FROM k8s.core_v1.crate WHERE protocol = 'http' AND cluster_addr = '{address}' AND namespace = 'closed';
SELECT kind FROM k8s.core_v1.crate WHERE protocol = 'ftp' AND cluster_addr = '{address}' AND namespace = 'default';
INSERT INTO k8s.core_v1.crate(protocol, cluster_addr, namespace, data__metadata, data__spec)
SELECT 'http', '{address}', 'default', '{"name": "d"}', '{"size": 4}';
INSERT INTO k8s.core_v1.crate(protocol, cluster_addr, namespace, data__metadata)
SELECT 'http', '{address}', 'default', '{"name": "a"}';
DELETE FROM k8s.core_v1.crate
WHERE protocol = 'http' AND cluster_addr = '{address}' AND namespace = 'default' AND name = 'a';
