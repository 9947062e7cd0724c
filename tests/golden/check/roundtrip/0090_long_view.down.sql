DROP VIEW long_view;
