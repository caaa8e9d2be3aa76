"""Kind ``metrics``."""
