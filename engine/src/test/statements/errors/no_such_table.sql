SELECT * FROM linodes;
