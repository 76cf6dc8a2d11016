"""The sample archive: a made-up school portal with seeded defects and the truth about them."""
