SHOW METHODS IN aws.query.topics;
DESCRIBE aws.query.topics;
SELECT topic_arn, size, attributes FROM aws.query.topics WHERE region = 'eu-west-1' ORDER BY topic_arn;
SELECT topic_arn FROM aws.query.topics WHERE region = 'us-east-1';
SELECT topic_arn FROM aws.query.topics WHERE region = 'closed';
INSERT INTO aws.query.topics(region, name, attributes, tags)
SELECT 'eu-west-1', 'c & d', '{"Fifo": "true"}', '[{"Key": "env", "Value": "test"}, {"Key": "a", "Value": "b"}]'
RETURNING topic_arn;
DELETE FROM aws.query.topics WHERE region = 'eu-west-1' AND topic_arn = 'arn:topic:a';
DELETE FROM aws.query.topics WHERE region = 'eu-west-1' AND topic_arn = 'arn:topic:none';
