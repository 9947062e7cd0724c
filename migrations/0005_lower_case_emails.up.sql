-- strata: irreversible "how people had capitalised their addresses is not kept"

-- Sign-in compares addresses in lower case, and so do invitations.
UPDATE users SET email = lower(email) WHERE email <> lower(email);
