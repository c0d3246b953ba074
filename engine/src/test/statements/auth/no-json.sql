SET "$.auth.linode" = '{"type": "bearer", "api_key": "s3cret"';
