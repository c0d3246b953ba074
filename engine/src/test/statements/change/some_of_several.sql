-- Which one failed, and that the rest were not sent.
DELETE FROM linode.domains.domains WHERE domainId IN (12000005, 99, 12000006);
