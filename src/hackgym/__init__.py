"""Reward hacking on purpose, always recognised."""
