"""The source browser."""
