"""What the service takes, measured: beside its peers, as it grows, and under load."""
