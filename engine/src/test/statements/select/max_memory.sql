SET max_memory = '48MiB';
SELECT current_setting('memory_limit') AS held;
SET max_memory = '1 GiB';
SELECT current_setting('memory_limit') AS held;
SET max_memory = 'off';
SELECT current_setting('memory_limit') <> '1.0 GiB' AS back;
SELECT length(list(i::VARCHAR || repeat('x', 90))) AS n FROM range(1000000) t(i);
SET max_memory = '48MiB';
SELECT length(list(i::VARCHAR || repeat('x', 90))) AS n FROM range(1000000) t(i)
