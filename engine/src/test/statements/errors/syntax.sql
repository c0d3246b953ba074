SELECT label, FROM WHERE linode.instances.linodes;
