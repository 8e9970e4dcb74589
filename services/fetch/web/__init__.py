"""The web: pages are asked for by hand, hop by hop, and nothing is contacted that was not looked at first.

`client.Web.get(url, *, etag=None, last_modified=None, accept=None)` comes to a `Page`, `NotModified` or `Refused` of
`services.fetch.core.web.answer`, and raises Unavailable where the network or the name server is away altogether.
"""
