"""Recorded histories: what the workflows of today must still be able to replay."""
