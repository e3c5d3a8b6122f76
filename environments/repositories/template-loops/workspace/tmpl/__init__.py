"""A small template engine."""
