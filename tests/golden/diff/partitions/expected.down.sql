-- Careful: destroys the data of table clicks.
DROP TABLE clicks;
