-- strata: irreversible "an example"
ALTER TABLE rooms ADD PRIMARY KEY (name);
