ALTER TABLE users DROP name, DROP nam;
