"""The vocabulary of qc; imports nothing of the rest of the package."""
