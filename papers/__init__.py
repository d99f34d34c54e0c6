"""PAPERS: what people read, in Vietnamese."""
