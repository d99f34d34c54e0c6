"""THE YEAR, REHEARSED: a scripted cast acts over HTTP on a clock that is stepped."""
