"""fetch: hears UrlRequested, says InputReceived, InputRejected, InputExpanded, ArticleFetched."""
