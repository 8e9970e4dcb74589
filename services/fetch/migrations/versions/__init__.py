"""The steps by which fetch's tables came to be."""
