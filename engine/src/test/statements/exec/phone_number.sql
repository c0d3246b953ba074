SELECT verified_phone_number FROM linode.profile.profile;
EXEC linode.profile.phone_number.postProfilePhoneNumber @data__iso_code='US', @data__phone_number='555-555-0100';
EXEC linode.profile.phone_number.postProfilePhoneNumberVerify @data__otp_code='000000';
