DESCRIBE linode.profile.phone_number;
