"""The daemon's settings: what flags, the environment and a file say of the options."""
