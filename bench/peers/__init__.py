"""Others that do the work of a phase, each in an environment of its own.

Nothing here imports the product: `python -m bench.peers` runs by another Python.
"""
