"""Intake: from the body of a request to an article and its media in a temporary folder."""
