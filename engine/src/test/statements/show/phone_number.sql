SHOW METHODS IN linode.profile.phone_number;
