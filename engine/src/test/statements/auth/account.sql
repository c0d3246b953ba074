SET "$.auth.linode@dev.api_key" = 's3cret';
