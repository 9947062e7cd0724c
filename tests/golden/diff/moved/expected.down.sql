ALTER TABLE shop.goods RENAME CONSTRAINT goods_pkey TO items_pkey;
ALTER SEQUENCE shop.goods_id_seq RENAME TO items_id_seq;
ALTER TYPE shop.state SET SCHEMA public;
ALTER TABLE shop.goods RENAME TO items;
ALTER TABLE shop.items SET SCHEMA public;
DROP SCHEMA shop;
