-- The request answers a required parameter: its column holds an address, and all rows stay.
SELECT name, zone FROM orbit.compute.machines WHERE zone = 'a1' ORDER BY name;
SELECT name, zone FROM orbit.compute.machines WHERE 'a1' = zone ORDER BY name;
SELECT name, zone FROM orbit.compute.machines WHERE zone IN ('a1', 'b1') ORDER BY zone, name;
SELECT m.name FROM orbit.compute.machines m WHERE m.zone = 'a1' AND m.zone LIKE '%/b1';
-- An optional parameter is sent and compared too: this cloud ignores it, and returns all.
SELECT name, family FROM orbit.compute.machines WHERE zone = 'a1' AND family = 'small';
SELECT name, family FROM orbit.compute.machines WHERE zone = 'a1' AND family = 'none';
