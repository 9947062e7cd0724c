CREATE OR REPLACE VIEW long_view AS
  SELECT 'äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü' AS words,
         1 AS first, 2 AS second, 333 AS third, 4 AS fourth;
