"""ROWS: tables, queries and transactions on SQLite and PostgreSQL."""
