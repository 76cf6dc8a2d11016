"""EXIF, IPTC-IIM and XMP, read from the raw blocks with their encodings repaired."""
