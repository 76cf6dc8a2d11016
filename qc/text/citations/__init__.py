"""Citations of Vietnamese acts: read, then held against form, issuers, dates and the acts."""
