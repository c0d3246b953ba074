SHOW METHODS IN awscc.boxes.boxes;
DESCRIBE awscc.boxes.boxes;
SELECT region, box_name, size, tags FROM awscc.boxes.boxes WHERE region = 'eu-west-1' ORDER BY box_name;
SELECT box_name, size FROM awscc.boxes.boxes WHERE region = 'eu-west-1' AND "Identifier" = 'arn:box/a';
SELECT arn FROM awscc.boxes.boxes_list_only WHERE region IN ('eu-west-1', 'us-east-1') ORDER BY arn;
SELECT arn FROM awscc.boxes.boxes_list_only WHERE region = 'closed';
SELECT box_name FROM awscc.boxes.boxes WHERE region = 'eu-west-1' AND "Identifier" = 'arn:box/none';
INSERT INTO awscc.boxes.boxes(region, "BoxName", "Size", "Tags")
SELECT 'eu-west-1', 'c', 3, '[{"Key": "env", "Value": "test"}]' RETURNING "RequestToken", "OperationStatus";
UPDATE awscc.boxes.boxes SET "PatchDocument" = '[{"op": "replace", "path": "/Size", "value": 5}]'
WHERE region = 'eu-west-1' AND "Identifier" = 'arn:box/a';
DELETE FROM awscc.boxes.boxes WHERE region = 'eu-west-1' AND "Identifier" = 'arn:box/none';
