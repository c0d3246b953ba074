SELECT lable FROM linode.instances.linodes;
