"""A local page to go through the records of a paper, correct them, and keep the outcome as gold."""
