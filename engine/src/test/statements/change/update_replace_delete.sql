SELECT id, label, description FROM linode.vpcs.vpcs ORDER BY id LIMIT 2;
UPDATE linode.vpcs.vpcs SET data__description = 'for ' || upper('tests') WHERE vpcId = 70000001 RETURNING id, description;
REPLACE linode.vpcs.vpcs SET data__label = 'renamed' WHERE vpcId = 70000001;
SELECT id, label, description FROM linode.vpcs.vpcs WHERE vpcId = 70000001;
DELETE FROM linode.domains.domains WHERE domainId IN (12000001, '12000002');
SELECT count(*) AS n FROM linode.domains.domains WHERE id IN (12000001, 12000002);
DELETE FROM linode.domains.domains WHERE domainId IN (12000001);
