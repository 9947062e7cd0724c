-- strata: irreversible "an example"
-- strata: no-transaction
ALTER TABLE users ADD COLUMN IF NOT EXISTS plan text;
CREATE INDEX CONCURRENTLY users_plan_idx ON users (plan);
