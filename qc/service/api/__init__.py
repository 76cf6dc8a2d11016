"""The HTTP API: /v1, /health and /metrics."""
