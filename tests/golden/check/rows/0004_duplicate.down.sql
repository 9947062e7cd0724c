DELETE FROM users WHERE email = 'a@example.org';
