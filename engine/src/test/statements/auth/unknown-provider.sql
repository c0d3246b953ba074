SET "$.auth.linod.api_key" = 's3cret';
