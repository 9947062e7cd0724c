CREATE TABLE logs (day date, line text) PARTITION BY RANGE (day);
CREATE TABLE logs_2026 (day date);
