SELECT * FROM linod.instances.linodes;
