"""Personal data in what an article says: found, judged against the official contacts, masked."""
