"""The command ``tiktoklive``."""
