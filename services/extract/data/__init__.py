"""Lists of names; README.md says what is in them and where each comes from."""
