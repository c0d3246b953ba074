SELECT * FROM linode.instances.linodes WHERE linodeId = 'web';
