DROP VIEW adults; DROP TABLE posts; DROP TABLE users; DROP TABLE teams;
