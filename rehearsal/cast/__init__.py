"""The parts of a rehearsed year, each with its lines and its moments."""
