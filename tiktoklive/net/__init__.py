"""The only package that opens connections to TikTok."""
