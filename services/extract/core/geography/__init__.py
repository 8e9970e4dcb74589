"""Where the places that an article names lie, and which country it is about."""
