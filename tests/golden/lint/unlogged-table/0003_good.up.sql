-- strata: irreversible "an example"
CREATE TABLE baskets (id bigint PRIMARY KEY);
