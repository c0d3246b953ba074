-- The hint names the method that does what the verb would have done.
REPLACE linode.volumes.volumes SET data__label = 'x' WHERE volumeId = 6000001;
