SHOW METHODS IN github.orgs.webhooks;
SELECT id, active, events, json_extract(config, '$.url') AS url
FROM github.orgs.webhooks WHERE org = 'o1' ORDER BY id;
SELECT id FROM github.orgs.webhooks WHERE org = 'o1' AND per_page = 100;
SELECT id, name FROM github.orgs.webhooks WHERE org = 'o1' AND hook_id = 2;
SELECT id FROM github.orgs.webhooks WHERE org = 'none';
INSERT INTO github.orgs.webhooks(org, name, active, events, config)
SELECT 'o1', 'web', true, '["push", "fork"]', '{"url": "https://c.example"}' RETURNING id;
INSERT INTO github.orgs.webhooks(org, name, config) SELECT 'o1', 'web', '{"url": "nowhere"}';
UPDATE github.orgs.webhooks SET active = false WHERE org = 'o1' AND hook_id = 2;
DELETE FROM github.orgs.webhooks WHERE org = 'o1' AND hook_id = 2;
