SHOW AUTH;
SHOW AUTH linode WHERE NOT present;
SET "$.auth.linode.credentialsenvvar" = 'MY_TOKEN';
SHOW AUTH;
AUTH LOGIN linode;
