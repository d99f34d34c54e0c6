"""The office as it comes in: rosters, the sample, and what its rows cannot take."""
