"""Files: secret ones, ones of one process alone, and ones that others take away."""
