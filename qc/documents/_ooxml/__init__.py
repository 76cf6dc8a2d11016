"""Office documents: zip archives of XML parts, read without trusting them."""
