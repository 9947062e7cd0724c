DROP STATISTICS pages_st;

CREATE TEXT SEARCH DICTIONARY few (TEMPLATE = simple, stopwords = 'english');

ALTER TEXT SEARCH CONFIGURATION docs
    ALTER MAPPING FOR email, file, float, host, hword_numpart, numhword, numword, sfloat, uint, url, version WITH few;

ALTER TEXT SEARCH CONFIGURATION docs
    ADD MAPPING FOR int WITH few;

CREATE TEXT SEARCH CONFIGURATION names (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION names
    ADD MAPPING FOR asciiword, word WITH few, simple;

CREATE STATISTICS pages_st (dependencies) ON title, lower(body) FROM pages;
