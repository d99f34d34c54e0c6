"""Pages of the matters beside the phases: initiatives, ad hoc awards, petitions."""
