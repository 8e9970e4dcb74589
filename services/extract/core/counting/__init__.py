"""The numbers in an article's text: how many or how much, and of what."""
