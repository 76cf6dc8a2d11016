"""Load on a running service, on loopback."""
