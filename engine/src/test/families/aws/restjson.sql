SHOW METHODS IN aws.restjson.runners;
DESCRIBE aws.restjson.runners;
SELECT runner_arn, memory_size FROM aws.restjson.runners WHERE region = 'eu-west-1' ORDER BY runner_arn;
SELECT runner_name FROM aws.restjson.runners WHERE region = 'eu-west-1' AND runner_arn = 'arn:aws:runners:1:runner/a';
SELECT runner_name FROM aws.restjson.runners WHERE region = 'eu-west-1' AND runner_arn = 'none';
INSERT INTO aws.restjson.runners(region, runner_name, memory_size, tags) SELECT 'eu-west-1', 'c', 128, '{"env": "test"}';
UPDATE aws.restjson.runners SET memory_size = -1 WHERE region = 'eu-west-1' AND runner_arn = 'a';
DELETE FROM aws.restjson.runners WHERE region = 'eu-west-1' AND runner_arn = 'a';
