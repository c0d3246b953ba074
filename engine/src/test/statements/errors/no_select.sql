SELECT * FROM linode.profile.phone_number;
