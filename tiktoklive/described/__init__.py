"""Settings that say in their own fields what they are: text, flag, rule, variable."""

from tiktoklive.described.setting import Setting, described, setting, setting_of

__all__ = ["Setting", "described", "setting", "setting_of"]
