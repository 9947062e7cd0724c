-- strata: irreversible "an example"
CREATE UNIQUE INDEX sales_by_day_key ON sales_by_day (day);
REFRESH MATERIALIZED VIEW CONCURRENTLY sales_by_day;
