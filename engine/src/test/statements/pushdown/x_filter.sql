-- What the API can filter and sort by is sent; the answer is the same without.
EXPLAIN SELECT id FROM linode.account.events WHERE action = 'linode_create' ORDER BY created DESC LIMIT 3;
SELECT id, action, created FROM linode.account.events WHERE action = 'linode_create' ORDER BY created DESC LIMIT 3;
SET pushdown = 'off';
EXPLAIN SELECT id FROM linode.account.events WHERE action = 'linode_create' ORDER BY created DESC LIMIT 3;
SELECT id, action, created FROM linode.account.events WHERE action = 'linode_create' ORDER BY created DESC LIMIT 3;
SET pushdown = 'on';

-- The last ones, after the first two of them.
SELECT COLUMNS('^(id|label|region)$') FROM linode.instances.linodes i WHERE region LIKE 'us-%' ORDER BY i.id DESC LIMIT 2 OFFSET 2;
SELECT upper(label) AS l FROM linode.instances.linodes WHERE id > 20000007 AND label <> 'x' ORDER BY id LIMIT 2;
SELECT d.label, t.memory FROM linode.instances.linodes d JOIN (SELECT id, memory FROM linode.instances.types WHERE vcpus > 1 ORDER BY memory LIMIT 1) t ON t.id = d.type ORDER BY d.id LIMIT 1;

-- What each condition becomes.
EXPLAIN SELECT id FROM linode.instances.types WHERE vcpus BETWEEN 2 AND 8 AND memory > 4096 AND memory <= 16384 AND vcpus <> 4 AND 5 >= vcpus;
EXPLAIN SELECT id FROM linode.instances.linodes WHERE label LIKE '%web_server%' OR label = 'München' OR region IN ('us-ord', 'us-east', NULL);
EXPLAIN SELECT id FROM linode.instances.linodes WHERE list_contains(CAST(tags AS VARCHAR[]), 'web') AND starts_with(label, 'linode-');
EXPLAIN SELECT id FROM linode.images.images WHERE is_public AND NOT deprecated AND size > -1;
EXPLAIN SELECT id FROM linode.account.events WHERE created >= '2026-01-01' AND CAST(created AS DATE) = DATE '2026-05-01' AND created::TIMESTAMP < TIMESTAMP '2026-06-01 12:00:00';

-- Not sent: it could drop rows, or the API doesn't know the column.
EXPLAIN SELECT id FROM linode.instances.linodes WHERE region <> 'us-ord' AND region > 'a' AND label ILIKE 'x%' AND lower(region) = 'x' AND NOT region = 'y' AND (region = 'z' OR status = 'w') AND created = 'yesterday';

-- Conditions of one side of a join are sent for that side.
EXPLAIN SELECT i.id FROM linode.instances.linodes i LEFT JOIN linode.volumes.volumes v ON v.linode_id = i.id AND v.region = 'us-ord' WHERE i.region = 'us-east' AND v.size IS NULL;

-- Not sorted by the API: a text, several keys, rows that are no longer those of the list.
EXPLAIN SELECT id FROM linode.instances.linodes ORDER BY label LIMIT 3;
EXPLAIN SELECT id FROM linode.instances.linodes ORDER BY id, label LIMIT 3;
EXPLAIN SELECT DISTINCT region FROM linode.instances.linodes ORDER BY region LIMIT 3;
EXPLAIN SELECT unnest(tags::VARCHAR[]) FROM linode.instances.linodes ORDER BY id LIMIT 3;
EXPLAIN SELECT label AS id FROM linode.instances.linodes ORDER BY id LIMIT 3;
