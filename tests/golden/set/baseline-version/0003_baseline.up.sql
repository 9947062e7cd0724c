-- strata: replaces 0001_create_users 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef
-- strata: replaces 0002_add_bio
-- strata: replaces 0002_add_bio 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef
CREATE TABLE users (id bigint PRIMARY KEY, bio text);
