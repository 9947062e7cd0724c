CREATE TYPE status AS ENUM ('new', 'paid', 'lost');
CREATE TABLE orders (id bigint PRIMARY KEY, status status DEFAULT 'new' NOT NULL);
