-- strata: irreversible "an example"
CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY);
