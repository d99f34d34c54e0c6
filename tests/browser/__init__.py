"""The pages in a real browser: the machine's own Chromium."""
