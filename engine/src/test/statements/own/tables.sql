-- Rows of a provider kept in a table of the session, and worked on without another request.
CREATE TABLE servers AS SELECT id, label, region, specs FROM linode.instances.linodes;
SELECT count(*) AS servers, typeof(any_value(specs)) AS specs FROM servers;
EXPLAIN SELECT * FROM servers;
INSERT INTO servers (id, label) SELECT -linodeId, 'copy' FROM (SELECT min(id) AS linodeId FROM linode.instances.linodes);
INSERT INTO servers (id, label) VALUES (-1, 'by hand');
UPDATE servers SET label = 'mine' WHERE id = -1;
SELECT label FROM servers WHERE id < 0 ORDER BY id;
DELETE FROM servers WHERE id < 0 RETURNING label;
CREATE TABLE IF NOT EXISTS servers AS SELECT 1 AS x;
CREATE TABLE notes (server BIGINT, note VARCHAR);
INSERT INTO notes VALUES (1, 'one'), (2, 'two');
CREATE OR REPLACE TEMP TABLE notes AS SELECT 7 AS server;
SELECT * FROM notes;
TRUNCATE notes;
SELECT count(*) AS notes FROM notes;
DROP TABLE notes;
SELECT * FROM notes;
