"""Feeds: asked when they are due, remembered between askings, and what they announce said as inputs."""
