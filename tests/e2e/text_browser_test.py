#!/usr/bin/env python3
"""A comment written with a text browser: w3m fills in the form, sees the preview, and posts. w3m sends neither Origin nor
Sec-Fetch-Site, as a ten-year-old telephone may. Skipped where w3m is not installed."""
import html
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

from comment_test import comments_on, fields_of
from journal_site import JournalSite, entry
import page as pages


@unittest.skipUnless(shutil.which("w3m"), "w3m is not installed")
class TextBrowser(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite(entries=[entry("open", "An open one", "2019-03-04T10:00:00+00:00")])
        self.addCleanup(self.site.stop)
        self.site.set("comments.hold", "none")
        self.site.set("rates", "off")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def w3m(self, *arguments):
        return subprocess.run(["w3m", "-no-cookie", "-o", "auto_uncompress=0", *arguments], check=True, capture_output=True, timeout=30,
                              env={"HOME": self.folder.name, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}).stdout.decode()

    def send(self, address, fields):
        body = tempfile.NamedTemporaryFile(dir=self.folder.name, suffix=".form")
        body.write(urllib.parse.urlencode(fields).encode())
        body.flush()
        return self.w3m("-dump_source", "-post", body.name, self.site.origin + address)

    def test_it_posts_through_the_preview(self):
        shown = self.w3m("-dump", self.site.root + "/2019/3/4/open.html")
        for words in ("Post a New Comment", "Author Email (optional)", "Create Post", "Preview Post", "My response is on my own website »"):
            self.assertIn(words, shown)
        for words in ("Answer nobody", "Forget my details"):
            self.assertNotIn(words, shown, "does nothing without a script")
        address, fields = fields_of(pages.parse(self.w3m("-dump_source", self.site.root + "/2019/3/4/open.html")))
        preview = self.send(address, fields | {"author": "Lynn", "post": "Written\r\nwith a text browser", "action": "create"})
        self.assertIn("It is not posted yet", preview)
        address, fields = fields_of(pages.parse(preview))
        self.assertEqual(fields["post"], "Written\nwith a text browser")
        receipt = self.send(address, fields | {"action": "create"})
        self.assertIn("Your comment is public.", html.unescape(re.sub("<[^>]*>", "", receipt)))
        self.assertEqual(comments_on(self.site, "/2019/3/4/open"), ["Writtenwith a text browser"])  # in two lines


if __name__ == "__main__":
    unittest.main()
