SHOW METHODS IN snowflake.sheds.sheds;
DESCRIBE snowflake.sheds.sheds;
SELECT name, shed_size, auto_close, endpoint FROM snowflake.sheds.sheds WHERE endpoint = 'o-a' ORDER BY name;
SELECT state FROM snowflake.sheds.sheds WHERE endpoint = 'o-a' AND name = 'A';
SELECT name FROM snowflake.sheds.sheds WHERE endpoint = 'o-a' AND "like" = 'X%';
SELECT state FROM snowflake.sheds.sheds WHERE endpoint = 'o-a' AND name = 'NONE';
INSERT INTO snowflake.sheds.sheds(endpoint, "createMode", name, shed_size)
SELECT 'o-a', 'orReplace', 'C', 'XSMALL' RETURNING status;
EXEC snowflake.sheds.sheds.open @endpoint = 'o-a', @name = 'A';
DELETE FROM snowflake.sheds.sheds WHERE endpoint = 'o-a' AND name = 'NONE' AND "ifExists" = false;
