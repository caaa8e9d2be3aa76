"""
The numbers of broadcasts, counted once, on the server: what pages show is the same in all of them.

They belong to one broadcast, that is to one room id: the next one begins at 0.
"""

__all__: list[str] = []
