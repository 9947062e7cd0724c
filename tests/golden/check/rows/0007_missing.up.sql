INSERT INTO users (bio) VALUES ('no address');
