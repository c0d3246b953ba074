-- nothing of the values that are set is ever told
SET '$.auth' = '{"linode": {"type": "bearer", "api_key": "s3cret"}}';
SHOW AUTH;
AUTH LOGIN linode;
SET SESSION "$.auth.linode" = '{"default": "dev", "accounts": {"prod": {"type": "bearer", "credentialsenvvar": "PROD"}, "dev": {"type": "api_key", "api_key": "s3cret", "scopes": "all"}}}';
SHOW AUTH IN linode;
SHOW AUTH "linode@prod";
SET "$.auth.linode.accounts.prod.credentialsfilepath" = '/no/such/file';
SHOW AUTH "linode@prod";
AUTH REVOKE linode;
SHOW AUTH;
SET "$.auth.linode.type" = 'service_account';
SHOW AUTH;
AUTH LOGIN linode SERVICEACCOUNT '/no/such/file';
