"""The edge cases E1–E38 of the domain: from an act over HTTP to rows and notices."""
