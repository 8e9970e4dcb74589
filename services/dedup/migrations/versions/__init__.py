"""The steps by which dedup's tables came to be."""
