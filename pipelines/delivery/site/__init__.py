"""The site: everything published, for people with a browser; static files that open from disk and ask nothing outside.

`build` writes a whole new folder from a warehouse; the publication puts it beside the database in the same swap.
"""

from pipelines.delivery.site.builder import SiteSummary, build

__all__ = ["SiteSummary", "build"]
