"""cli: the person's side; hears the public stream, reads what the services keep, and runs them on this machine."""
