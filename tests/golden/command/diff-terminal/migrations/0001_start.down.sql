DROP TABLE logs;
DROP TABLE people;
DROP TYPE mood;
