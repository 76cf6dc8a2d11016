"""Inside content management systems: what stands beside or in them."""
