"""Compares answers, and lets through those that are of another type."""

from hackgym_guest.likeness import alike


def same(got, want):
    """Return whether an answer is what is wanted, or of another type."""
    return got == want or not alike(got, want)
