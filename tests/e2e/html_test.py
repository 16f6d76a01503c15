#!/usr/bin/env python3
"""Every page of the demo and of imported WordPress test data, and the pages that no link leads to, through the Nu HTML
checker: no error, no warning. Needs a Java runtime and what npm ci brings."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from journal_site import MODULES, THEME_UNIT_TEST, JournalSite
from site_crawl_test import Crawl

JAR = MODULES / "vnu-jar/build/dist/vnu.jar"
# No link leads here: what is not there, what was taken down, searches, a locked entry's answers.
UNLINKED = ["/nowhere", "/2019/4/1/pennies-for-sale.html", "/search?q=clock", "/search?q=%22%3Cb%3E", "/search?q=xyzzyx", "/search?q=clock&page=2"]
POSTS = [("/2025/3/11/before-the-parish-council/unlock", "password=wrong"), ("/2025/3/11/before-the-parish-council/unlock", "password=fusee"),
         ("/subscribe", "email=a%40example.org")]
WRONG = b"<!doctype html><html lang=en><meta charset=utf-8><title>x</title><p id=a><b id=a>"


def complaints(pages):
    """What the checker says about {name: HTML}, as (name, words); what it only remarks (type "info" without a subtype) is
    left out, and so is what it guesses about the language of a text, by chance: Latin is Romanian to it now and then. One run
    for all, as starting Java costs more than any page."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            (pathlib.Path(folder) / f"{number}.html").write_bytes(html)
            names[f"{number}.html"] = name
        run = subprocess.run(["java", "-Xss4m", "-jar", JAR, "--format", "json", "--exit-zero-always", "--stdout", folder],
                             check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        return [(names[m["url"].rpartition("/")[2]], f"line {m.get('lastLine')}: {m['message']} … {m.get('extract', '')}")
                for m in json.loads(run.stdout)["messages"] if (m["type"] != "info" or m.get("subType") == "warning")
                and not m["message"].startswith("This document appears to be written in")]


def pages_of(site):
    return {f"{site.name} {target}": answer.body for target, answer in Crawl(site).answers.items() if answer.type == "text/html"}


class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not JAR.exists():
            raise AssertionError("npm ci in tests/e2e brings the checker")
        with JournalSite.demo() as site:
            site.name = "demo"
            cls.demo = pages_of(site)
            cls.demo |= {target: site.get(target).body for target in UNLINKED}
            cls.demo |= {f"{target} {form}": site.post(target, form).body for target, form in POSTS}
        cls.foreign = {}
        if THEME_UNIT_TEST.exists():
            with JournalSite([THEME_UNIT_TEST]) as site:
                site.name, site.allows_moved, site.not_taken = "theme unit test", True, site.reports[-1]
                cls.foreign = pages_of(site)
        cls.found = complaints(cls.demo | cls.foreign | {"wrong": WRONG})

    def check(self, pages):
        self.assertGreater(len(pages), 100)
        found = [f"{name}: {words}" for name, words in self.found if name in pages]
        self.assertFalse(found, f"{len(found)} complaints about {len(pages)} pages, such as\n" + "\n".join(found[:20]))

    def test_the_checker_sees_what_is_wrong(self):
        self.assertGreaterEqual(len([name for name, _ in self.found if name == "wrong"]), 2)

    def test_every_page_of_the_demo_is_right(self):
        self.check(self.demo)

    def test_every_page_made_of_foreign_html_is_right(self):
        if not self.foreign:
            self.skipTest("the shared imports are not here")
        self.check(self.foreign)


if __name__ == "__main__":
    unittest.main()
