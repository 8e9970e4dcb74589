"""Imported by the server that extract's children are forked from, and nowhere else: what they share is loaded here."""

from services.extract import reader

reader.load()
