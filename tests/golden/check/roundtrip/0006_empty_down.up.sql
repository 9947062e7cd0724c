CREATE TABLE colours (id int);
