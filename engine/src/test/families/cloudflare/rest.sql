SHOW METHODS IN cloudflare.yards.yards;
DESCRIBE cloudflare.yards.yards;
SELECT id, name, paused, json_extract(account, '$.id') AS account_id FROM cloudflare.yards.yards ORDER BY id;
SELECT id FROM cloudflare.yards.yards WHERE "account.id" = 'none';
SELECT id, name FROM cloudflare.yards.yards WHERE yard_id = 'y1';
SELECT id FROM cloudflare.yards.yards WHERE yard_id = 'y9';
INSERT INTO cloudflare.yards.yards(name, account) SELECT 'd "4"', '{"id": "a1"}' RETURNING result;
INSERT INTO cloudflare.yards.yards(name, account) SELECT 'taken', '{"id": "a1"}';
DELETE FROM cloudflare.yards.yards WHERE yard_id = 'y1';
