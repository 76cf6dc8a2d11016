"""The gate: what every request passes before a router sees it."""
