"""Jobs: long work that is accepted, kept on disk and done in the background."""
