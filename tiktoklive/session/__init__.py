"""One user followed: the table of states, and what its states share."""
