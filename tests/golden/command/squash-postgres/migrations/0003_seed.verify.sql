SELECT count(*) = 2 FROM teams;
