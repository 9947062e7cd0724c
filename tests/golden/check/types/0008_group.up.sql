CREATE VIEW counts AS SELECT email, bio, count(*) FROM users GROUP BY email;
