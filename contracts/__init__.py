"""What the services say to each other and to the public, and where: Pydantic and the standard library only."""
