SELECT typeof(specs) AS type, specs->>'$.vcpus' AS vcpus, specs.memory IS NULL AS x FROM linode.instances.linodes LIMIT 1;
