"""The page of an act: its form, what stands against it, and the receipt."""
