"""What is kept held against what was told elsewhere: streams, originals, and the shelves of the inbox."""
