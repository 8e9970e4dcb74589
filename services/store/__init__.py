"""store: hears InputReceived, InputRejected, InputExpanded, DuplicateFound, ArticleExtracted and dead letters, says ArticleEnriched, ArticleDuplicated."""  # noqa: E501
