"""The policy model, and the only place that decides a verdict."""
