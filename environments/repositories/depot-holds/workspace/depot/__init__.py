"""Keeps the stock of a small depot."""
