"""The protocol of LanguageTool, so that Writer, browsers and editors show qc's findings."""
