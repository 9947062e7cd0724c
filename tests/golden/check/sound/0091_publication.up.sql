CREATE TABLE published (a int);
CREATE PUBLICATION news FOR TABLE published;
