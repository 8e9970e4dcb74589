"""dedup: hears LanguageDetected, says ArticleDeduplicated or DuplicateFound."""
