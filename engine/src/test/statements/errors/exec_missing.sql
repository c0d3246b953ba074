EXEC linode.profile.phone_number.postProfilePhoneNumber @data__iso_code='US';
