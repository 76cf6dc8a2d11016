"""The editor's page: write or drop an article, see what must be mended, and mend it."""
