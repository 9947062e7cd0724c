CREATE TABLE kept (id int);
CREATE TABLE teams (id int PRIMARY KEY, name text);
CREATE TABLE members (team_id int REFERENCES teams (id), who text);
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON teams USING (id IN (SELECT team_id FROM members));
CREATE RULE first AS ON INSERT TO teams DO ALSO INSERT INTO members VALUES (new.id, 'x');
CREATE POLICY all_kept ON members USING (team_id IN (SELECT id FROM kept));
