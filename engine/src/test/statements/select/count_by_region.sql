SELECT region, count(*) AS n FROM linode.instances.linodes GROUP BY region ORDER BY n DESC, region;
