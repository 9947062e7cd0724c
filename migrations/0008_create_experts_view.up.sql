CREATE VIEW experts AS
SELECT users.id AS user_id, users.display_name, skills.title AS skill
FROM users
JOIN user_skills ON user_skills.user_id = users.id
JOIN skills ON skills.id = user_skills.skill_id
WHERE user_skills.level = 'expert';
