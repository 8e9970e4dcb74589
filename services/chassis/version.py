"""Which Wireroom this is: the version that stands in every step of a trail."""

from importlib.metadata import version

VERSION = version("wireroom")
