"""Task sets that others publish, brought into our own form."""
