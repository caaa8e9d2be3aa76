"""The users that are followed: the beginning with many of them, and what stays of them."""

__all__: list[str] = []
