SELECT * FROM instances.linodes;
