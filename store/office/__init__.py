"""The office's people, posts and seats over time, as rows."""
