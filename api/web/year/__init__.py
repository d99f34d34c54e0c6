"""The pages of the year: where a campaign stands, what is to come, what came of it."""
