"""The part of hackgym that runs inside a sandbox: small, and with no dependencies of its own."""
