"""What is decided about the web: which URLs may be asked for, what an answer says, and when to come again."""
