SHOW METHODS IN azure.racks.racks;
DESCRIBE azure.racks.racks;
SELECT name, location, rack_height, provisioning_state FROM azure.racks.racks WHERE subscription_id = 's1' ORDER BY name;
SELECT name, properties FROM azure.racks.racks
WHERE subscription_id = 's1' AND resource_group_name = 'g1' AND rack_name = 'a';
SELECT name FROM azure.racks.racks WHERE subscription_id = 's2';
INSERT INTO azure.racks.racks(subscription_id, resource_group_name, rack_name, location, properties)
SELECT 's1', 'g1', 'c', 'north', '{"rackHeight": 42}';
DELETE FROM azure.racks.racks WHERE subscription_id = 's1' AND resource_group_name = 'g1' AND rack_name = 'a';
