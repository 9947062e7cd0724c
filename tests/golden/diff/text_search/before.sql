CREATE TEXT SEARCH CONFIGURATION docs (COPY = english);
ALTER TEXT SEARCH CONFIGURATION docs DROP MAPPING FOR url_path, int;
CREATE TABLE pages (title text, body text);
CREATE INDEX pages_docs ON pages USING gin (to_tsvector('docs', body));
CREATE STATISTICS pages_st (ndistinct, mcv, dependencies) ON title, body FROM pages;
