SHOW METHODS IN aws.restxml.zones;
DESCRIBE aws.restxml.zones;
SELECT id, name, record_count, config FROM aws.restxml.zones WHERE region = 'us-east-1' ORDER BY id;
SELECT zone_count FROM aws.restxml.zone_counts;
SELECT count(*) AS n FROM aws.restxml.zones;
INSERT INTO aws.restxml.zones(region, name, caller_reference, config)
SELECT 'us-east-1', 'c.example', 'now', '{"Comment": "a < b & c", "Private": false}' RETURNING zone;
INSERT INTO aws.restxml.zones(region, name, caller_reference) SELECT 'us-east-1', 'taken.example', 'now';
REPLACE aws.restxml.zones SET lock_configuration = '{"Rule": [{"Day": "mon"}, {"Day": "tue"}]}' WHERE region = 'us-east-1' AND id = 'Z1';
DELETE FROM aws.restxml.zones WHERE region = 'us-east-1' AND id = 'Z1';
