"""How often others may be asked."""
