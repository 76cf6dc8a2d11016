"""Sources of posts: one module per kind of archive, each streamed in constant memory."""
