"""Where papers come from besides a folder: services that are asked for what is new."""
