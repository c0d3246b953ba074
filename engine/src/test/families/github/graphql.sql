DESCRIBE github.orgs.sponsors;
SELECT id, since, json_extract(tier, '$.cents') AS cents FROM github.orgs.sponsors WHERE org = 'o1' ORDER BY id;
SELECT id FROM github.orgs.sponsors WHERE org = 'none';
