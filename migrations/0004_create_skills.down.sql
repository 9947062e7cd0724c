DROP TABLE user_skills;
DROP TABLE skills;
DROP TYPE skill_level;
