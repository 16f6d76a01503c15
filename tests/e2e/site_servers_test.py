#!/usr/bin/env python3
"""The journal behind Apache and lighttpd, by FastCGI and by CGI, at a host's root and below /blog. What nginx does in
full is in the tests beside this; the gateway itself behind all servers is in servers_test.py."""
import unittest

from journal_site import JournalSite, until, entry
from page import addresses


class Smoke:
    prefix = ""

    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite.demo(server=cls.server, mode=cls.mode, prefix=cls.prefix)
        cls.addClassCleanup(cls.site.stop)

    def test_pages_feeds_files_and_search_answer(self):
        for path, type in (("/", "text/html"), ("/page/2", "text/html"), ("/2018/3/4/half-a-minute-slow.html", "text/html"),
                           ("/2018/3/4/half-a-minute-slow/print", "text/html"), ("/2018/3/", "text/html"), ("/category/clocks", "text/html"),
                           ("/search?q=%22tower+clocks%22", "text/html"), ("/about/tools", "text/html"), ("/rss.xml", "application/rss+xml"),
                           ("/feed.json", "application/feed+json"), ("/robots.txt", "text/plain"), ("/media/2018/hagworth-snow.jpg", "image/jpeg")):
            answer = self.site.get(path)
            self.assertEqual((answer.status, answer.type), (200, type), path)
            self.assertTrue(answer.body)

    def test_what_a_page_loads_is_there(self):
        for path in ("/", "/2018/3/4/half-a-minute-slow.html"):
            for element, name, url in addresses(self.site.get(path).page):
                if name == "src" or element.get("rel") in ("stylesheet", "icon"):
                    self.assertTrue(url.startswith(self.prefix + "/"), url)
                    answer = self.site.ask("GET", url)
                    self.assertEqual(answer.status, 200, url)
                    self.assertTrue(answer.body)

    def test_moved_missing_and_gone_are_told_apart(self):
        moved = self.site.get("/who-we-are")
        self.assertEqual((moved.status, moved["Location"]), (301, self.prefix + "/about"))
        self.assertEqual(self.site.get("/2018/03/")["Location"], self.prefix + "/2018/3/")
        self.assertEqual(self.site.get("/2019/4/1/pennies-for-sale.html").status, 410)
        missing = self.site.get("/nowhere-at-all")
        self.assertEqual(missing.status, 404)
        self.assertEqual(len(missing.page.all("h1")), 1)

    def test_a_reader_that_has_the_page_is_spared_it(self):
        def spared():
            answer = self.site.get("/2018/3/4/half-a-minute-slow.html")
            again = self.site.get("/2018/3/4/half-a-minute-slow.html", If_None_Match=answer["ETag"])
            return (again.status, again.body) == (304, b"")

        until(spared, "an answer without the page: what an import leaves for later may change it in between", 10)
        head = self.site.ask("HEAD", self.prefix + "/2018/3/4/half-a-minute-slow.html")
        self.assertEqual((head.status, head.body), (200, b""))

    def test_a_password_opens_its_entry(self):
        wrong = self.site.post("/2025/3/11/before-the-parish-council/unlock", "password=wrong")
        right = self.site.post("/2025/3/11/before-the-parish-council/unlock", "password=fusee")
        self.assertEqual((wrong.status, right.status), (403, 200))
        self.assertGreater(len(right.body), len(wrong.body))

    def test_nothing_private_is_served(self):
        for path in ("/private/journal.db", "/journal.db", "/../private/journal.db", "/.gen", "/live/", "/media/../../private/journal.db"):
            answer = self.site.get(path)
            self.assertIn(answer.status, (301, 308, 400, 403, 404), path)
            self.assertNotIn(b"SQLite format", answer.body)


def variants():
    for server in ("apache", "lighttpd"):
        for mode in ("fastcgi", "cgi"):
            for prefix in ("", "/blog"):
                name = server.title() + mode.title() + ("Blog" if prefix else "")
                yield name, type(name, (Smoke, unittest.TestCase), {"server": server, "mode": mode, "prefix": prefix})


globals().update(variants())


class NginxCgi(Smoke, unittest.TestCase):
    server, mode = "nginx", "cgi"


class EntryOfOwnAddress(unittest.TestCase):
    def test_addresses_beyond_ascii_work_behind_each_server(self):
        odd = entry("x", "Odd", "2019-03-01T10:00:00+00:00", path="/2019/über & 50% ?#[x]/ü.html")
        for server, mode in (("nginx", "fastcgi"), ("apache", "fastcgi"), ("apache", "cgi"), ("lighttpd", "fastcgi"), ("lighttpd", "cgi")):
            with JournalSite(server=server, mode=mode, entries=[odd]) as site:
                href = site.get("/").page.one("article").one("h2").one("a")["href"]
                answer = site.ask("GET", href)
                self.assertEqual(answer.status, 200, f"{server} {mode} {href}")
                self.assertEqual(answer.page.one("h1").words, "Odd")


class HomeWithASpace(unittest.TestCase):
    def test_a_home_of_any_name_is_served_by_each_server(self):
        for server, mode in (("nginx", "fastcgi"), ("nginx", "cgi"), ("apache", "fastcgi"), ("apache", "cgi"), ("lighttpd", "fastcgi"),
                             ("lighttpd", "cgi")):
            with JournalSite.demo(server=server, mode=mode, name="a home & more") as site:
                for path, status in (("/", 200), ("/2018/3/4/half-a-minute-slow.html", 200), ("/media/2018/hagworth-snow.jpg", 200),
                                     ("/nowhere", 404)):
                    self.assertEqual(site.get(path).status, status, f"{server} {mode} {path}")


if __name__ == "__main__":
    unittest.main()
