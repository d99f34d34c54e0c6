"""RULES: what may be done and what follows. Pure: no clock, no I/O, no third party."""
