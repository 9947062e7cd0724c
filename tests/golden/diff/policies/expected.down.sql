DROP RULE first ON teams;
DROP POLICY own ON teams;

-- Careful: destroys the data of table members.
DROP TABLE members;

-- Careful: destroys the data of table teams.
DROP TABLE teams;
