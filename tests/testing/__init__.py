"""The tools for tests are tested too."""
