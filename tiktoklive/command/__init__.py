"""
The command ``tiktoklive``: one module for each thing that it does.

Each has a class ``Options`` and a function ``run`` that is given what was parsed, and returns
the exit status.  They are imported when they are asked for.
"""

__all__: list[str] = []
