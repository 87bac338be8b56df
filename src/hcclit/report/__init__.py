"""A page for each paper: its text with every record marked, the records as a table, the figures."""
