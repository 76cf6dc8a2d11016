"""One reporter per format."""
