CREATE TEXT SEARCH DICTIONARY few (TEMPLATE = simple, stopwords = 'english');
CREATE TEXT SEARCH CONFIGURATION docs (COPY = english);
ALTER TEXT SEARCH CONFIGURATION docs DROP MAPPING FOR url_path;
ALTER TEXT SEARCH CONFIGURATION docs ALTER MAPPING REPLACE simple WITH few;
CREATE TEXT SEARCH CONFIGURATION names (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION names ADD MAPPING FOR word, asciiword WITH few, simple;
CREATE TABLE pages (title text, body text);
CREATE INDEX pages_docs ON pages USING gin (to_tsvector('public.docs'::regconfig, body));
CREATE STATISTICS pages_st (dependencies) ON title, lower(body) FROM pages;
