"""What the objects of news are called in JSON, by those who write them: names in the order in which they are believed.

Of schema.org, ninjs 1 to 3, news-please, fundus, newspaper, trafilatura, Common Crawl's and Media Cloud's data sets,
Event Registry, NewsAPI, the Guardian's and WordPress's interfaces, and our own enriched articles.
A dot leads into an object, a list stands for each of its items.
"""

# The text, by a name that nobody gives to anything else.
TEXTS = [
    "articleBody",
    "body_xhtml",
    "body_html",
    "bodies.value",
    "body_text",
    "maintext",
    "plaintext",
    "text_content",
    "article_text",
    "fields.body",
    "fields.bodyText",
    "content.rendered",
    "content_html",
    "content_text",
    "document.text",
    "bodyText",
    "bodyHtml",
    "contentHtml",
    "contentText",
    "text",
]
# The text, where there is something else of an article beside it.
TEXTS_BESIDE = [
    "body",
    "content",
    "article",
    "story",
    "full_text",
    "fulltext",
    "raw_text",
    "article_body",
    "main_text",
    "content.text",
]
# What stands for the text of a picture or a flash.
SHORT_TEXTS = [
    "description_text",
    "description_html",
    "description_caption",
    "description_summary",
    "descriptions.value",
    "caption",
    "abstract",
    "description",
    "summary",
    "excerpt.rendered",
    "excerpt",
]

FIELDS = {
    "title": (
        "headline.main headline headlines.value title.rendered title article_title webTitle fields.headline "
        "extraction.title.text"
    ),
    "author": (
        "_embedded.author author authors byline.original byline bylines.byline by creator fields.byline "
        "extraction.byline"
    ),
    "published": (
        "datePublished publishing_date date_publish publish_date published_at publishedAt publication_date "
        "date_published published pub_date pubDate webPublicationDate firstpublished firstPublished contentcreated "
        "contentCreated firstcreated firstCreated versioncreated dateTimePub dateTime date_gmt date created_at "
        "metadata.date extraction.published.value date_publication date_parution fecha_publicacion "
        "fecha_de_publicacion data_pubblicazione data_publicacao veroeffentlicht_am veröffentlicht_am"
    ),
    "modified": "dateModified date_modify modified_gmt modified updated_at versioncreated versionCreated lastModified",
    "publisher": (
        "publisher source.name source.title infosources.name infoSources.name provider site_name meta_site_name "
        "sitename sourceName copyrightholder copyrightHolder source source_domain canonical_domain domain hostname "
        "outlet newspaper extraction.publisher.name"
    ),
    "language": "inLanguage language lang meta_lang metadata.language locale language.tag",
    "url": (
        "canonical_link canonical_url url webUrl web_url link permalink mainEntityOfPage.@id mainEntityOfPage "
        "html.responded_url html.requested_url metadata.url source_url uri document.url"
    ),
    "section": "articleSection section sectionName section_name service.name category categories",
    "keyword": "keywords tags topics subject.name subjects.name",
    "description": "description description_text abstract summary excerpt.rendered excerpt",
    "dateline": "dateline located",
    "slugline": "slugline",
}
PATHS = {field: tuple(names.split()) for field, names in FIELDS.items()}
# These can be several; of all else the first is meant.
SEVERAL = {"author": 30, "section": 5, "keyword": 30}

# Where a list of articles lies in what an interface answers, and what each item may be wrapped in.
LISTS = [
    "articles",
    "items",
    "results",
    "docs",
    "documents",
    "news",
    "entries",
    "posts",
    "stories",
    "_items",
    "@graph",
    "hits.hits",
    "hits",
    "response.content",
    "response.docs",
    "response.results",
    "articles.results",
    "data.items",
    "data.articles",
    "data",
]
WRAPPERS = ("item", "_source", "article", "document", "fields")
