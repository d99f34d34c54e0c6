"""Papers of matters beside the phases: initiatives, and ad hoc commendations."""
