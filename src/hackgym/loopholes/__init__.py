"""The catalogue: one page, that is one module, per loophole."""
