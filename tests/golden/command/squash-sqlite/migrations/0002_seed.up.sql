INSERT INTO users (name, parent) VALUES ('root', NULL), ('o''x', 1);
CREATE INDEX users_name ON users (name);
CREATE TABLE notes (body TEXT, author INTEGER REFERENCES users (id), at TEXT DEFAULT 'then');
INSERT INTO notes (body, author) VALUES ('hello', 2);
CREATE TRIGGER on_note AFTER INSERT ON notes BEGIN UPDATE users SET name = name || '!' WHERE id = new.author; END;
