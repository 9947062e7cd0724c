CREATE SCHEMA shop;
ALTER TABLE items SET SCHEMA shop;
ALTER TABLE shop.items RENAME TO goods;
ALTER TYPE state SET SCHEMA shop;
ALTER SEQUENCE shop.items_id_seq RENAME TO goods_id_seq;
ALTER TABLE shop.goods RENAME CONSTRAINT items_pkey TO goods_pkey;
