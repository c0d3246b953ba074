SHOW METHODS IN digitalocean.gardens.gardens;
DESCRIBE digitalocean.gardens.gardens;
SELECT id, name, size, tags FROM digitalocean.gardens.gardens ORDER BY id;
SELECT name FROM digitalocean.gardens.gardens WHERE garden_id = '11111111-1111-4111-8111-111111111111';
SELECT name FROM digitalocean.gardens.gardens WHERE garden_id = '99999999-9999-4999-8999-999999999999';
INSERT INTO digitalocean.gardens.gardens(name, size, tags) SELECT 'c', 3, '["new"]';
INSERT INTO digitalocean.gardens.gardens(name, size) SELECT 'd', -1;
UPDATE digitalocean.gardens.gardens SET size = 4 WHERE garden_id = '11111111-1111-4111-8111-111111111111';
DELETE FROM digitalocean.gardens.gardens WHERE garden_id = '11111111-1111-4111-8111-111111111111';
