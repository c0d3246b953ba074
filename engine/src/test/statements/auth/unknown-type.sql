SET "$.auth.linode" = '{"type": "baerer", "api_key": "s3cret"}';
