DROP TEXT SEARCH CONFIGURATION names;

DROP STATISTICS pages_st;

ALTER TEXT SEARCH CONFIGURATION docs
    DROP MAPPING FOR int;

ALTER TEXT SEARCH CONFIGURATION docs
    ALTER MAPPING FOR email, file, float, host, hword_numpart, numhword, numword, sfloat, uint, url, version WITH simple;

DROP TEXT SEARCH DICTIONARY few;

CREATE STATISTICS pages_st ON title, body FROM pages;
