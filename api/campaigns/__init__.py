"""Campaigns and all that stands in them over HTTP: reads, and drafts."""
