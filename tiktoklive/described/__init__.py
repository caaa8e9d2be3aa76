"""Settings that say in their own fields what they are: text, flag, rule, variable."""

__all__: list[str] = []
