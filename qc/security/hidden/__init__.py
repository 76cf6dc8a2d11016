"""Hidden text: what a search engine reads and a visitor does not see."""
