"""The desk of the secretariat: lists that come in, and what a vote would come to."""
