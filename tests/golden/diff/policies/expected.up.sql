CREATE TABLE teams (
    id integer PRIMARY KEY,
    name text
);

ALTER TABLE teams ENABLE ROW LEVEL SECURITY;

CREATE TABLE members (
    team_id integer REFERENCES teams (id),
    who text
);

CREATE POLICY all_kept ON members
    USING (team_id IN (SELECT kept.id FROM kept));

CREATE RULE first AS ON INSERT TO teams DO INSERT INTO members VALUES (new.id, 'x');

CREATE POLICY own ON teams
    USING (id IN (SELECT members.team_id FROM members));
