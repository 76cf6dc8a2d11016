"""spaCy and underthesea: loaded only for sentences that need them."""
