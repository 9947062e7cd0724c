-- Careful: the rows of table a do not come back.
CREATE TABLE a (
    id bigint PRIMARY KEY,
    b_id bigint
);

-- Careful: the rows of table b do not come back.
CREATE TABLE b (
    id bigint PRIMARY KEY,
    a_id bigint REFERENCES a (id)
);

ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (id);
