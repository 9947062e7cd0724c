CREATE VIEW lengths AS SELECT length(email, 1, 2) FROM users;
