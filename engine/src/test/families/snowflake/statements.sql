SHOW METHODS IN snowflake.sqlapi.statements;
DESCRIBE snowflake.sqlapi.statements;
INSERT INTO snowflake.sqlapi.statements(endpoint, async, statement, timeout, bindings)
SELECT 'o-a', true, 'SELECT * FROM t WHERE a = ?', 60, '{"1": {"type": "FIXED", "value": "1"}}'
RETURNING code, statement_handle;
SELECT code, data FROM snowflake.sqlapi.statements
WHERE endpoint = 'o-a' AND statement_handle = '01b2c3d4-0000-4000-8000-000000000001';
INSERT INTO snowflake.sqlapi.statements(endpoint, statement) SELECT 'o-a', 'SELEC 1';
DELETE FROM snowflake.sqlapi.statements WHERE endpoint = 'o-a' AND statement_handle = '01b2c3d4-0000-4000-8000-000000000001';
