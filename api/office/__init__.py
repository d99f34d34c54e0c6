"""Master data of the office over HTTP."""
