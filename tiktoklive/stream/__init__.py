"""One open stream: what arrives on it, whether it lives, and what was missed."""
