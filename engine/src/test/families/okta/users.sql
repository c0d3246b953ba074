SHOW METHODS IN okta.users.users;
DESCRIBE okta.users.users;
SELECT id, status, subdomain, json_extract(profile, '$.login') AS login
FROM okta.users.users WHERE subdomain = 'works' ORDER BY id;
SELECT id, "lastLogin" FROM okta.users.users WHERE subdomain = 'works' AND id = 'u1';
SELECT id FROM okta.users.users WHERE subdomain = 'works' AND filter = 'status is ACTIVE';
INSERT INTO okta.users.users(subdomain, activate, profile)
SELECT 'works', 'false', '{"login": "c@acme.example", "email": "c@acme.example"}' RETURNING id, status;
EXEC okta.users.users.suspend_user @subdomain = 'works', @id = 'u1';
EXEC okta.users.users.suspend_user @subdomain = 'works', @id = 'u9';
DELETE FROM okta.users.users WHERE subdomain = 'works' AND id = 'u2';
