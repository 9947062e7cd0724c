CREATE TABEL users (id bigint PRIMARY KEY);
