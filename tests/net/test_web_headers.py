"""Which headers go along with a redirect."""

from __future__ import annotations

from twisted.web.server import Request, Site

from tests.net.test_web import WebTestCase


class RedirectTests(WebTestCase):
    """To the same server, and to that of somebody else."""

    def test_headers_elsewhere(self) -> None:
        """A header may be a key: of a redirect to another server it gets what any may read."""
        ordinary = [("User-Agent", "Me/1"), ("Accept", "text/html"), ("Accept-Language", "de")]
        private = [("Authorization", "Bearer s3cr3t"), ("X-Api-Key", "s3cr3t"), ("Referer", "r")]
        self.network.add("www.example", 80, Site(self.site, reactor=self.network.clock))

        def lead(target: str) -> None:
            def page(request: Request) -> bytes:
                request.setResponseCode(302)
                request.setHeader("Location", target)
                return b""

            self.pages[b"/a"] = page

        self.pages[b"/b"] = lambda request: b""
        for target, expected in (
            ("/b", ordinary + private),
            ("https://www.example:443/b", ordinary + private),
            ("https://other.example/b", ordinary),
            ("http://www.example/b", ordinary),
        ):
            with self.subTest(target):
                self.site.seen.clear()
                lead(target)
                self.assertEqual(
                    200, self.ask("/a", headers=ordinary + private, redirects=5).status
                )
                for name, value in ordinary + private:
                    sent = value if (name, value) in expected else None
                    self.assertEqual(sent, self.site.seen[1].getHeader(name), name)
        self.shut()
