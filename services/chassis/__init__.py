"""How things are said, heard, failed, measured and stopped: the same for every service. Knows no article."""
