"""The site, its streams and its API."""
