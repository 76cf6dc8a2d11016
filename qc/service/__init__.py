"""The HTTP service: the pipeline behind an API, the LanguageTool protocol and a page."""
