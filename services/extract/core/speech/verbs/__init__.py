"""Verbs and phrases that say who speaks, in their forms, and where a sentence has one."""
