-- strata: irreversible "an example"
REFRESH MATERIALIZED VIEW sales_by_day;
