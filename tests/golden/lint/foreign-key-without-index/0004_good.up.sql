-- strata: irreversible "an example"
CREATE TABLE baskets (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX ON baskets (user_id);
CREATE TABLE pairs (user_id bigint REFERENCES users (id), order_id integer, PRIMARY KEY (user_id, order_id));
