SHOW METHODS IN aws.json.boxes;
DESCRIBE aws.json.boxes;
SELECT region, box_arn, box_size, created_at, tags FROM aws.json.boxes WHERE region = 'eu-west-1' ORDER BY box_arn;
SELECT box_name FROM aws.json.boxes WHERE region = 'eu-west-1' AND box_arn = 'arn:box/a';
SELECT box_name FROM aws.json.boxes WHERE region = 'eu-west-1' AND box_arn = 'arn:box/none';
SELECT box_arn FROM aws.json.boxes WHERE region = 'eu-west-1' AND max_results = -1;
EXEC aws.json.boxes.describe_box @region = 'eu-west-1', @box_arn = 'arn:box/a';
INSERT INTO aws.json.boxes(region, box_name, tags)
SELECT 'eu-west-1', 'c', '[{"Key": "env", "Value": "test"}]' RETURNING box_arn;
UPDATE aws.json.boxes SET box_size = 5 WHERE region = 'eu-west-1' AND box_arn = 'arn:box/a';
DELETE FROM aws.json.boxes WHERE region = 'eu-west-1' AND box_arn = 'arn:box/a';
