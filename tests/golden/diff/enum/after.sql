CREATE TYPE status AS ENUM ('new', 'packed', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, status status DEFAULT 'new' NOT NULL);
