"""What an article says: metadata, entities, quotations, places, dates and quantities, read from its text."""
