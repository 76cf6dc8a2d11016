"""Scripts of the project: set-up, samples, and what is generated."""
