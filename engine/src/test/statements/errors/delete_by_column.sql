DELETE FROM linode.volumes.volumes WHERE label = 'old';
