SHOW PROVIDERS;
SHOW SERVICES IN linode LIKE '%volumes%';
SHOW RESOURCES IN linode.domains;
SHOW EXTENDED METHODS IN linode.domains.zone_file;
SHOW METHODS IN linode.instances.linodes WHERE SQLVerb <> 'EXEC';
DESCRIBE linode.domains.zone_file;
DESCRIBE EXTENDED linode.tags.tags;
DESCRIBE METHOD linode.profile.phone_number.postProfilePhoneNumber;
