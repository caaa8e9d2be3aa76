"""The tests of tiktoklive; the folders mirror those of the package."""
