-- The sandbox's SMS cannot be read here: PhoneNumberTest walks the way with the right code.
SELECT verified_phone_number FROM linode.profile.profile;
EXEC linode.profile.phone_number.postProfilePhoneNumber @@json='{"iso_code": "US", "phone_number": "555-555-0100"}';
EXEC linode.profile.phone_number.postProfilePhoneNumberVerify @data__otp_code='000000';
