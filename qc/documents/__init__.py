"""One loader per format: bytes to Article."""
