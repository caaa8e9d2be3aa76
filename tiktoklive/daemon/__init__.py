"""The daemon: its services, how they are put together, and its signals."""

__all__: list[str] = []
