SELECT linode.instances.types.id, types.class FROM linode.instances.types WHERE linode.instances.types.id = 'g6-nanode-1';
