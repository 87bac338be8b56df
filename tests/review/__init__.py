"""The review: its library, its server, its page in a real browser."""
