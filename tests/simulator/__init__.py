"""The simulated TikTok, seen by a plain client."""
