"""Places that run untrusted files."""
