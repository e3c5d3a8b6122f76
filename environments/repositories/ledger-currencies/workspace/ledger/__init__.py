"""Reads a journal and reports balances."""
