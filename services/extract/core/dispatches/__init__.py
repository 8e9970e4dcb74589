"""Passages of an article that are works of their own: dispatches that it quotes at length."""
