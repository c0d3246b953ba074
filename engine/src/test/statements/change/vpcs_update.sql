INSERT INTO linode.vpcs.vpcs (data__label, data__region, data__description) VALUES ('net', 'us-east', 'one') RETURNING label, description;
SELECT label FROM linode.vpcs.vpcs WHERE vpcId = (SELECT id FROM linode.vpcs.vpcs WHERE label = 'net');
UPDATE linode.vpcs.vpcs SET data__description = 'two' WHERE vpcId = 999999999;
