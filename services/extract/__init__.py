"""extract: hears ArticleDeduplicated, says ArticleExtracted."""
