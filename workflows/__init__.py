"""WHEN: deterministic processes that wait, time out and put the steps in order."""
