"""The watched folder: found, settled, claimed, read, and put on its shelf."""
