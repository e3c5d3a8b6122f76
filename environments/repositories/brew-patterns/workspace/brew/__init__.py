"""Says what has to be built, in which order, and why."""
