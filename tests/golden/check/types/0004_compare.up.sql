CREATE VIEW ones AS SELECT id FROM users WHERE email = 1;
