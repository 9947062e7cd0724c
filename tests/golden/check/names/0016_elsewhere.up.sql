SELECT ifnull(email, '') FROM users;
SELECT 1 FROM users WHERE email == 'x';
SELECT email + 'x' FROM users;
CREATE TABLE listed (id int, INDEX by_id (id));
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE moods (m mood DEFAULT 'angry');
CREATE TRIGGER touch BEFORE UPDATE ON users EXECUTE FUNCTION touch();
GRANT SELECT ON users TO clerk;
