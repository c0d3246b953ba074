SELECT 1; SET "$.auth.linode" = '{"type": "bearer", "credentialsenvar": "s3cret"}';
