UPDATE users SET email = "new";
