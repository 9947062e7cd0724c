CREATE VIEW people AS SELECT u.id, u.nmae FROM users u;
