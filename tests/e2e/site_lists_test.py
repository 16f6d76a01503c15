#!/usr/bin/env python3
"""Front page, archives, their paging and their one right address; what programs ask for; methods."""
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

from journal_site import JournalSite, entry

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries():
    """25 entries: 23 in March 2019, two of them on the 5th at different hours, and one each in 2018 and 2020."""
    yield entry("oldest", "Oldest", "2018-07-01T12:00:00+00:00", author="ada", categories=["clocks"], tags=["Brass & iron"])
    for day in range(1, 23):
        yield entry(f"day-{day}", f"Day {day}", f"2019-03-{day:02}T12:00:00+00:00", author="ada" if day % 2 else "ben",
                    categories=["time"], tags=["Brass & iron", "Ünïcode Tag"] if day < 13 else [])
    yield entry("day-5-again", "Day 5 again", "2019-03-05T18:00:00+00:00", author="ada", categories=["time"], more="<p>More of it.</p>")
    yield entry("pinned", "Pinned", "2019-01-05T18:00:00+00:00", author="ada", pinned=True)
    yield entry("newest", "Newest", "2020-01-01T12:00:00+00:00", author="ada", excerpt="Its excerpt.")
    yield entry("about", "About us", "2019-01-01T12:00:00+00:00") | {"kind": "page"}
    yield entry("team", "Our team", "2019-01-01T12:00:00+00:00", path="/about/team") | {"kind": "page"}


JOURNAL = {
    "settings": {"title": "Lists", "zone": "UTC"},
    "authors": [{"slug": "ada", "name": "Ada", "email": "", "url": "", "about": "Ada *writes* here."},
                {"slug": "ben", "name": "Ben", "email": "", "url": "", "about": ""}],
    "categories": [{"slug": "clocks", "name": "Clocks", "parent": None, "description": "All about **clocks**."},
                   {"slug": "time", "name": "Time", "parent": "clocks", "description": ""},
                   {"slug": "empty", "name": "Empty", "parent": None, "description": ""}],
    "entries": list(entries()),
}


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(**JOURNAL)
        cls.addClassCleanup(cls.site.stop)

    def titles(self, path):
        answer = self.site.get(path)
        self.assertEqual(answer.status, 200, path)
        return [a.one("h2").words for a in answer.page.all("article")]

    def assertLeads(self, old, new, statuses=(301, 308)):
        answer = self.site.get(old)
        self.assertIn(answer.status, statuses, f"{old} answers {answer.status}")
        self.assertEqual(answer["Location"], new, old)
        self.assertEqual(self.site.get(new).status, 200, new)


class Lists(Site):
    def test_the_front_page_begins_with_what_is_pinned_and_goes_back_in_time(self):
        self.assertEqual(self.titles("/")[:4], ["Pinned", "Newest", "Day 22", "Day 21"])
        self.assertEqual(len(self.titles("/")), 11)
        walked, path = [], "/"
        while path:
            page = self.site.get(path).page
            walked += [a.one("h2").words for a in page.all("article")]
            older = [a["href"] for a in page.all("a") if a.get("rel") == "prev"]
            path = older[0] if older else None
        self.assertEqual(len(walked), 26)
        self.assertEqual(len(set(walked)), 26)
        self.assertEqual(walked[-1], "Oldest")

    def test_paging_links_both_ways_and_says_where_it_is(self):
        nav = self.site.get("/page/2").page.one("nav.paging")
        self.assertEqual(nav.words, "« Newer | Page 2 of 3 | Older »")
        self.assertEqual([a["href"] for a in nav.all("a")], ["/", "/page/3"])
        self.assertEqual(self.site.get("/page/3").page.one("nav.paging").words, "« Newer | Page 3 of 3")
        self.assertIn("page 2", self.site.get("/page/2").page.one("head").one("title").text)

    def test_lists_say_read_more_where_there_is_more(self):
        article = next(a for a in self.site.get("/2019/3/5/").page.all("article") if a.one("h2").words == "Day 5 again")
        self.assertNotIn("More of it.", article.text)
        self.assertEqual(article.one("p.more").one("a")["href"], "/2019/3/5/day-5-again.html#more")
        self.assertEqual(article.one("p.more").words, "Read more: Day 5 again")

    def test_summaries_instead_of_whole_entries_if_the_owner_likes(self):
        self.site.set("front.show", "summary")
        self.addCleanup(self.site.set, "front.show", "full")
        article = self.site.get("/2020/").page.all("article")[0]
        self.assertIn("Its excerpt.", article.text)
        self.assertNotIn("Text of newest.", article.text)

    def test_every_archive_holds_its_own_newest_first(self):
        self.assertEqual(self.titles("/2018/"), ["Oldest"])
        self.assertEqual(self.titles("/2019/3/5/"), ["Day 5 again", "Day 5"])
        self.assertEqual(self.titles("/2019/3/")[:2], ["Day 22", "Day 21"])
        self.assertEqual(self.titles("/2019/3/page/3"), ["Day 3", "Day 2", "Day 1"])
        self.assertEqual(self.titles("/tag/brass-iron/page/2"), ["Day 3", "Day 2", "Day 1", "Oldest"][-3:])
        self.assertEqual(self.titles("/tag/unicode-tag")[0], "Day 12")
        self.assertEqual(len(self.titles("/category/time/page/3")), 3)
        self.assertEqual(self.titles("/author/ben")[0], "Day 22")

    def test_a_category_holds_what_is_filed_below_it(self):
        self.assertEqual(self.titles("/category/clocks")[0], "Day 22")
        self.assertEqual(self.titles("/category/clocks/page/3")[-1], "Oldest")

    def test_archives_say_what_they_are_and_how_much_it_is(self):
        for path, heading, title in (("/2019/", "2019", "2019"), ("/2019/3/", "March 2019", "March 2019"),
                                     ("/2019/3/5/", "March 5, 2019", "March 5, 2019"), ("/category/time", "Category: Time", ""),
                                     ("/tag/brass-iron", "Tag: Brass & iron", ""), ("/author/ada", "Entries by Ada", "")):
            page = self.site.get(path).page
            self.assertEqual(page.one("h1").words, heading)
            self.assertIn(title or heading, page.one("head").one("title").text)
        self.assertIn("1 entry", self.site.get("/2018/").page.one("header.list").words)
        self.assertIn("24 entries", self.site.get("/2019/").page.one("header.list").words)
        self.assertIn("All about clocks.", self.site.get("/category/clocks").page.one("header.list").words)
        self.assertIn("Ada writes here.", self.site.get("/author/ada").page.one("header.list").words)
        self.assertIn("March (23) January (1)", self.site.get("/2019/").page.one("header.list").words)

    def test_the_archive_page_leads_everywhere(self):
        hrefs = {a["href"] for a in self.site.get("/archive").page.one("main").all("a")}
        self.assertLessEqual({"/2018/", "/2019/", "/2019/3/", "/2020/1/", "/category/clocks", "/category/time", "/tag/brass-iron",
                              "/tag/unicode-tag", "/author/ada", "/author/ben"}, hrefs)
        self.assertNotIn("/category/empty", hrefs)

    def test_every_address_has_one_right_form(self):
        self.assertLeads("/page/1", "/")
        self.assertLeads("/page/02", "/page/2")
        self.assertLeads("/2019/03/", "/2019/3/")
        self.assertLeads("/2019/03/05/", "/2019/3/5/")
        self.assertLeads("/2019/3", "/2019/3/")
        self.assertLeads("/2019", "/2019/")
        self.assertLeads("/category/time/", "/category/time")
        self.assertLeads("/category/time/page/1", "/category/time")
        self.assertLeads("/2019/3/page/1", "/2019/3/")
        self.assertLeads("/archive/", "/archive")
        self.assertLeads("/about/", "/about")
        self.assertLeads("/2019/03/rss.xml", "/2019/3/rss.xml")
        self.assertLeads("/search/?q=day", "/search?q=day")

    def test_beyond_the_end_there_is_nothing(self):
        for path in ("/page/99999", "/page/0", "/page/4", "/page/-1", "/page/99999999999999999999", "/2019/3/page/4", "/2019/3/page/0",
                     "/category/time/page/9", "/2017/", "/2019/4/", "/2019/13/", "/2019/3/32/", "/0/", "/99999/", "/category/none",
                     "/tag/none", "/author/none", "/category/", "/rss.xml?page=99", "/rss.xml?page=0", "/search?q=day&page=999",
                     "/archive/page/2", "/sitemap-9.xml"):
            self.assertEqual(self.site.get(path).status, 404, path)

    def test_an_address_that_is_nearly_right_is_met_with_help(self):
        answer = self.site.get("/2019/3/9/day-5-agin")
        page = answer.page
        self.assertEqual(answer.status, 404)
        self.assertEqual([m["content"] for m in page.all("meta") if m.get("name") == "robots"], ["noindex"])
        self.assertTrue(page.one("main").all("form"))
        self.assertIn("/2019/3/5/day-5-again.html", [a["href"] for a in self.site.get("/2018/1/1/day-5-again.html").page.one("main").all("a")])
        self.assertIsNone(answer["ETag"])

    def test_old_question_mark_addresses_find_what_they_can(self):
        self.assertLeads("/?s=day", "/search?q=day")
        self.assertLeads("/?m=201903", "/2019/3/")
        self.assertLeads("/?feed=rss2", "/rss.xml")
        self.assertLeads("/feed/", "/rss.xml")
        self.assertLeads("/comments/feed/", "/comments/rss.xml")
        self.assertLeads("/category/time/feed/", "/category/time/rss.xml")
        self.assertEqual(self.site.get("/?utm_source=x").status, 200)
        self.assertEqual(self.site.get("/?p=12345678").status, 404)


class ForPrograms(Site):
    def test_the_site_map_names_every_entry_and_page_once(self):
        answer = self.site.get("/sitemap.xml")
        self.assertEqual(answer.type, "application/xml")
        places = [e.text for e in ElementTree.fromstring(answer.body).iter(SITEMAP + "loc")]
        self.assertEqual(len(places), len(set(places)))
        self.assertEqual(len([p for p in places if p.endswith(".html")]), 26)
        for path in ("/", "/about", "/about/team", "/2020/1/1/newest.html"):
            self.assertIn(self.site.root + path, places)
        for place in places:
            self.assertEqual(self.site.get(urllib.parse.urlsplit(place).path).status, 200, place)

    def test_robots_txt_welcomes_search_engines_and_shows_the_map(self):
        answer = self.site.get("/robots.txt")
        self.assertEqual(answer.type, "text/plain")
        lines = answer.text.splitlines()
        self.assertIn("User-agent: *", lines)
        self.assertIn(f"Sitemap: {self.site.root}/sitemap.xml", lines)
        self.assertNotIn("Disallow: /", lines[lines.index("User-agent: *"):])

    def test_opml_lists_the_feeds(self):
        root = ElementTree.fromstring(self.site.get("/opml.xml").body)
        feeds = [o.get("xmlUrl") for o in root.iter("outline") if o.get("xmlUrl")]
        self.assertIn(self.site.root + "/rss.xml", feeds)
        self.assertIn(self.site.root + "/category/time/rss.xml", feeds)

    def test_security_txt_has_what_its_standard_demands(self):
        answer = self.site.get("/.well-known/security.txt")
        self.assertEqual(answer.type, "text/plain")
        fields = dict(line.split(": ", 1) for line in answer.text.splitlines() if ": " in line)
        self.assertEqual(fields["Contact"], "mailto:ada@example.org")
        self.assertRegex(fields["Expires"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
        self.assertEqual(fields["Canonical"], self.site.root + "/.well-known/security.txt")

    def test_says_which_methods_an_address_knows(self):
        for path in ("/", "/2019/3/5/day-5.html", "/rss.xml", "/search?q=x", "/archive"):
            options = self.site.ask("OPTIONS", path)
            self.assertIn(options.status, (200, 204), path)
            self.assertIn("GET", options["Allow"], path)
            for method in ("POST", "PUT", "DELETE", "PATCH"):
                answer = self.site.ask(method, path, {"Content-Length": "0"})
                self.assertEqual(answer.status, 405, f"{method} {path}")
                self.assertEqual(len(answer.headers.get_all("Allow", [])), 1, f"{method} {path}")
                self.assertIn("GET", answer["Allow"], f"{method} {path}")
        for unknown in ("PROPFIND", "BREW"):
            self.assertEqual(self.site.ask(unknown, "/").status, 501)

    def test_hostile_addresses_are_refused_without_a_stumble(self):
        for target in ("/%00", "/%ff%fe", "/%c0%af", "/" + "a" * 20000, "/?q=" + "a" * 20000, "/..%2f..%2fetc/passwd", "/%2e%2e/private/",
                       "//", "/%", "/%zz", "/\"'><script>", "/{{ROOT_URL}}", "/2019/3/5/day-5.html%00", "/tag/%F0%9F%8C%98",
                       "/private/journal.db", "/journal.db", "/media/", "/static/", "/.gen", "/2019/3/5/day-5/print/print"):
            answer = self.site.ask("GET", target)
            self.assertIn(answer.status, (200, 301, 308, 400, 403, 404, 414), f"{target[:60]} answers {answer.status}")
            self.assertNotIn(b"<script>", answer.body)
            self.assertNotIn(b"SQLite", answer.body)


if __name__ == "__main__":
    unittest.main()
