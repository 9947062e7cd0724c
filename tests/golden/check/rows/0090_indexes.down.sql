DROP TABLE settings; DROP TABLE labels;
