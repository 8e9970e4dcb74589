"""The dates in an article's text: their forms, and what completes them."""
