"""Active content in HTML: scripts, handlers, active addresses, frames, forms, CSS tricks."""
