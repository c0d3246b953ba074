SELECT * FROM linode.instances.linode;
