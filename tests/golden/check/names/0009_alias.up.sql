CREATE VIEW mails AS SELECT usr.email FROM users u;
