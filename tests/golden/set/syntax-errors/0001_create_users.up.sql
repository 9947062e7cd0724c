CREATE TABLE a (
  id bigint,
  name text,
);
CREATE TABLE `b` (id int);
\connect shop
SELECT 1;
CREATE TABLE c (id int AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE d (id int) ENGINE=InnoDB;
INSERT INTO a VALUES (1, ‘x y’);
# comment
SELECT 2;
CRAETE TABLE e (id int);
CREATE TABLE user (id int);
SELECT 3;
// comment
SELECT 4;
