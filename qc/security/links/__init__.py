"""Links: where an article sends its readers. Nothing is fetched."""
