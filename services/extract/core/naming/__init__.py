"""Who and what an article names: claims on passages, and what kind of thing each of them is."""
