"""Keeps shapes on a board."""
