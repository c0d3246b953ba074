INSERT INTO linode.tags.tags (data__label) VALUES ('fine'), ('x'), ('never sent');
