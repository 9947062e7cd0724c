INSERT INTO users (e_mail) VALUES ('x');
