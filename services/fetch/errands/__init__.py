"""URLs that were asked for, from the hearing to their end: kept in the database, asked for when their time comes."""
