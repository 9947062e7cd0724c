CREATE TABLE t (id int, n text);
UPDATE t SET n = regexp_replace(n, 'a+', 'b');
