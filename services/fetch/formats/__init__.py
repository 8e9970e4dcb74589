"""The readers of formats, a module each, named by `core/kinds.py`: only child processes import them."""
