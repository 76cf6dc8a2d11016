"""Writing changes into a copy of a draft, touching nothing else in the file."""
