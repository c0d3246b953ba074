SELECT 1 AS one, 'it''s' AS text, NULL AS nothing, 1.50 AS price, [1, 2] AS list, {'a': 1} AS object;
VALUES (1, 'a'), (2, 'b');
FROM range(3);
