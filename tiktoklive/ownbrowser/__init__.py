"""
The source ``browser``: frames that the user's own browser received, pushed to an endpoint here.

It is found as a plugin; nothing else has to know it.
"""

__all__: list[str] = []
