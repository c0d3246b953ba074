SHOW METHODS IN aws.ec2.disks;
DESCRIBE aws.ec2.disks;
SELECT disk_id, size, encrypted, attachment_set, tag_set FROM aws.ec2.disks WHERE region = 'eu-west-1' ORDER BY disk_id;
SELECT disk_id FROM aws.ec2.disks
WHERE region = 'eu-west-1' AND filter = '[{"Name": "status", "Value": ["free", "lost"]}]';
INSERT INTO aws.ec2.disks(region, availability_zone, size) SELECT 'eu-west-1', 'eu-west-1a', 8 RETURNING disk_id;
DELETE FROM aws.ec2.disks WHERE region = 'eu-west-1' AND disk_id = 'd-1';
DELETE FROM aws.ec2.disks WHERE region = 'eu-west-1' AND disk_id = 'd-9';
