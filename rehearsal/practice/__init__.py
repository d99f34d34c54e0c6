"""An office with a clock that the visitor moves, and a cast for everybody else."""
