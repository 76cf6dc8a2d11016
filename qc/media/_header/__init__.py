"""The header pass: what a picture file is, read from its structure without decoding it."""
