"""Bytes of any kind through the real readers: by hypothesis in the suite, by atheris beside it."""
