"""The daemon's settings: what flags, the environment and a file say of the options."""

__all__: list[str] = []
