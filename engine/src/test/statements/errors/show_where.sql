SHOW METHODS IN linode.profile.phone_number WHERE Verb = 'EXEC';
