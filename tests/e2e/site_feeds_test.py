#!/usr/bin/env python3
"""Feeds, judged by strict parsing and by two readers that are not ours: feedparser and newsboat."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from email.utils import parsedate_to_datetime

from journal_site import JournalSite, entry
from page import addresses, parse
from site_entry_test import reply

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
# feedparser is a package of Debian's own interpreter, whichever python3 comes first.
PYTHON = "/usr/bin/python3"
JUDGE = """
import feedparser, json, sys
out = []
for document in json.load(sys.stdin):
    feed = feedparser.parse(document.encode())
    out.append({"bozo": bool(feed.bozo), "why": repr(feed.get("bozo_exception", "")), "version": feed.version,
                "title": feed.feed.get("title"), "ids": [e.get("id") for e in feed.entries],
                "titles": [e.get("title") for e in feed.entries], "links": [e.get("link") for e in feed.entries],
                "dates": [list(e.get("published_parsed") or []) for e in feed.entries]})
json.dump(out, sys.stdout)
"""


def entries():
    body = ('<p>Links: <a href="/about">about</a> <img src="/media/x.png" alt="x"> <a href="https://example.net/">out</a></p>'
            '<p><a href="#note">1</a> ]]&gt; &lt;b&gt; &amp; “quoted” 🌘</p><p id="note">Note.</p>')
    yield entry("rich", "A & B <c> ]]> “d”", "2019-03-31T00:30:00+00:00", author="ada", body=body, more="<p>The rest.</p>",
                categories=["clocks"], tags=["Brass & iron"], excerpt="Its & excerpt", guid="urn:old:1?a=1&b=2",
                replies=[reply(1, author="R & S", url="https://reader.example/?a=1&b=2", body="Hello <b>there</b> & goodbye"),
                         reply(2, status="held", body="Held.")])
    yield entry("untitled", "", "2019-03-30T12:00:00+00:00", author="ada", body="<p>No title.</p>")
    yield entry("arabic", "ساعة", "2019-03-29T12:00:00+00:00", author="ada", lang="ar")
    yield entry("locked", "Locked", "2019-03-28T12:00:00+00:00", author="ada", password="x", body="<p>Locked words.</p>")
    for number in range(1, 26):
        yield entry(f"e-{number}", f"Entry {number}", f"2018-01-{number:02}T12:00:00+00:00", author="ben", categories=["clocks"],
                    replies=[reply(100 + number, date=f"2018-02-{number:02}T12:00:00+00:00")])
    yield entry("about", "About", "2018-01-01T12:00:00+00:00") | {"kind": "page"}


JOURNAL = {
    "settings": {"title": "Feeds & “co”", "tagline": "A <tag> line", "zone": "Europe/London"},
    "authors": [{"slug": "ada", "name": "Ada & co", "email": "", "url": "", "about": ""}, {"slug": "ben", "name": "Ben", "email": "", "url": "", "about": ""}],
    "categories": [{"slug": "clocks", "name": "Clocks & bells", "parent": None, "description": ""}],
    "entries": list(entries()),
}
PLACES = ["", "/category/clocks", "/tag/brass-iron", "/author/ada", "/2019", "/2019/3", "/2019/3/30", "/comments"]
RICH = "/2019/3/31/rich"


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(**JOURNAL)
        cls.addClassCleanup(cls.site.stop)

    def xml(self, path):
        answer = self.site.get(path)
        self.assertEqual(answer.status, 200, path)
        self.assertEqual(answer.type, "application/atom+xml" if "atom" in path else "application/rss+xml", path)
        return ElementTree.fromstring(answer.body)

    def json(self, path):
        answer = self.site.get(path)
        self.assertEqual((answer.status, answer.type), (200, "application/feed+json"), path)
        return json.loads(answer.body)

    def test_feedparser_finds_no_fault_with_any(self):
        paths = [place + file for place in PLACES for file in ("/rss.xml", "/atom.xml")] + [RICH + "/comments.xml", "/rss.xml?page=2"]
        documents = [self.site.get(path).text for path in paths]
        run = subprocess.run([PYTHON, "-c", JUDGE], input=json.dumps(documents), text=True, check=True, stdout=subprocess.PIPE)
        for path, seen in zip(paths, json.loads(run.stdout)):
            self.assertFalse(seen["bozo"], f"{path}: {seen['why']}")
            self.assertEqual(seen["version"], "atom10" if "atom" in path else "rss20", path)
            self.assertTrue(seen["title"] and seen["titles"] and all(seen["ids"]) and all(seen["links"]) and all(seen["dates"]), path)
            self.assertEqual(len(seen["ids"]), len(set(seen["ids"])), path)

    def test_newsboat_takes_them_and_reads_the_entries(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [place + file for place in PLACES for file in ("/rss.xml", "/atom.xml")]
            (pathlib.Path(folder) / "urls").write_text("".join(f"{self.site.root}{path}\n" for path in paths))
            (pathlib.Path(folder) / "config").write_text("reload-threads 1\nerror-log " + folder + "/errors\n")
            argv = ["newsboat", "-u", folder + "/urls", "-c", folder + "/cache.db", "-C", folder + "/config"]
            environment = dict(os.environ, HOME=folder, TERM="dumb", LC_ALL="C.UTF-8")
            subprocess.run([*argv, "-x", "reload"], check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60)
            errors = pathlib.Path(folder) / "errors"
            self.assertEqual(errors.read_text() if errors.exists() else "", "")
            unread = subprocess.run([*argv, "-x", "print-unread"], check=True, env=environment, text=True,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60).stdout
            ids = {e.text for p in paths for e in self.xml(p).iter("guid" if "rss" in p else ATOM + "id")}
            ids -= {self.xml(p).findtext(ATOM + "id") for p in paths}
            self.assertEqual(int(unread.split()[0]), len(ids))

    def test_rss_says_what_its_readers_need(self):
        channel = self.xml("/rss.xml").find("channel")
        self.assertEqual((channel.findtext("title"), channel.findtext("link"), channel.findtext("description"), channel.findtext("language")),
                         ("Feeds & “co”", self.site.root + "/", "A <tag> line", "en"))
        items = channel.findall("item")
        self.assertEqual(len(items), 20)
        rich = items[0]
        self.assertEqual((rich.findtext("title"), rich.findtext("link")), ("A & B <c> ]]> “d”", f"{self.site.root}{RICH}.html"))
        self.assertEqual((rich.findtext("guid"), rich.find("guid").get("isPermaLink")), ("urn:old:1?a=1&b=2", "false"))
        self.assertEqual(parsedate_to_datetime(rich.findtext("pubDate")), datetime.fromisoformat("2019-03-31T00:30:00+00:00"))
        self.assertEqual({c.text for c in rich.findall("category")}, {"Clocks & bells", "Brass & iron"})
        self.assertEqual(rich.findtext("{http://purl.org/dc/elements/1.1/}creator"), "Ada & co")
        self.assertIsNone(items[1].find("title"))

    def test_atom_says_what_its_standard_demands(self):
        feed = self.xml("/atom.xml")
        self.assertEqual(feed.findtext(ATOM + "title"), "Feeds & “co”")
        rich = feed.find(ATOM + "entry")
        self.assertEqual(rich.findtext(ATOM + "id"), "urn:old:1?a=1&b=2")
        self.assertEqual(datetime.fromisoformat(rich.findtext(ATOM + "published").replace("Z", "+00:00")),
                         datetime.fromisoformat("2019-03-31T00:30:00+00:00"))
        self.assertEqual(rich.findtext(f"{ATOM}author/{ATOM}name"), "Ada & co")
        arabic = feed.findall(ATOM + "entry")[2]
        self.assertEqual(arabic.get("{http://www.w3.org/XML/1998/namespace}lang"), "ar")
        for element in [feed, *feed.findall(ATOM + "entry")]:
            for name in ("id", "title", "updated"):
                self.assertEqual(len(element.findall(ATOM + name)), 1, name)

    def test_ids_of_feeds_differ_and_those_of_entries_are_the_same_everywhere(self):
        feeds = [self.xml(place + "/atom.xml") for place in PLACES]
        self.assertEqual(len({f.findtext(ATOM + "id") for f in feeds}), len(feeds))
        ids = {self.xml("/rss.xml").find("channel/item/guid").text, self.xml("/category/clocks/atom.xml").find(ATOM + "entry/" + ATOM + "id").text,
               self.json("/author/ada/feed.json")["items"][0]["id"]}
        self.assertEqual(ids, {"urn:old:1?a=1&b=2"})

    def test_json_feed_keeps_version_1_1(self):
        feed = self.json("/feed.json")
        self.assertEqual((feed["version"], feed["title"], feed["home_page_url"], feed["feed_url"], feed["language"]),
                         ("https://jsonfeed.org/version/1.1", "Feeds & “co”", self.site.root + "/", self.site.root + "/feed.json", "en"))
        rich, untitled, arabic = feed["items"][:3]
        self.assertEqual((rich["id"], rich["url"], rich["title"]), ("urn:old:1?a=1&b=2", f"{self.site.root}{RICH}.html", "A & B <c> ]]> “d”"))
        self.assertEqual((rich["authors"][0]["name"], rich["tags"]), ("Ada & co", ["Clocks & bells", "Brass & iron"]))
        self.assertNotIn("title", untitled)
        self.assertEqual(arabic["language"], "ar")
        for item in feed["items"]:
            datetime.fromisoformat(item["date_published"].replace("Z", "+00:00"))
            self.assertTrue("content_html" in item or "content_text" in item)

    def test_content_is_whole_and_its_addresses_are_too(self):
        contents = {"rss": self.xml("/rss.xml").find("channel/item").findtext(CONTENT),
                    "atom": self.xml("/atom.xml").find(ATOM + "entry").findtext(ATOM + "content"),
                    "json": self.json("/feed.json")["items"][0]["content_html"]}
        self.assertEqual(len(set(contents.values())), 1)
        tree = parse(contents["rss"])
        self.assertIn("1 ]]> <b> & “quoted” 🌘", tree.words)
        self.assertIn("The rest.", tree.words)
        self.assertEqual({url for _, _, url in addresses(tree)},
                         {self.site.root + "/about", self.site.root + "/media/x.png", "https://example.net/", f"{self.site.root}{RICH}.html#{tree.all('p')[2]['id']}"})

    def test_summaries_if_the_owner_likes_that_better(self):
        self.site.set("feed.show", "summary")
        self.addCleanup(self.site.set, "feed.show", "full")
        item = self.xml("/rss.xml").find("channel/item")
        self.assertIsNone(item.find(CONTENT))
        self.assertEqual(parse(item.findtext("description")).words, "Its & excerpt")
        self.assertNotIn("content_html", self.json("/feed.json")["items"][0])

    def test_older_entries_are_one_link_away(self):
        for path, items in (("/rss.xml", "channel/item"), ("/atom.xml", ATOM + "entry")):
            seen, at, links = [], path, []
            while at:
                root = self.xml(at)
                seen += [e.findtext("link") or e.find(ATOM + "link").get("href") for e in root.findall(items)]
                links = {e.get("rel"): e.get("href") for e in root.iter(ATOM + "link") if e.get("rel") in ("self", "first", "next", "previous")}
                self.assertEqual((links["self"], links["first"]), (self.site.root + at, self.site.root + path))
                at = links["next"].removeprefix(self.site.root) if "next" in links else None
            self.assertEqual((len(seen), len(set(seen))), (29, 29), path)
            self.assertEqual(links["previous"], self.site.root + path)
        page = self.json("/feed.json")
        self.assertEqual(len(page["items"]) + len(self.json(page["next_url"].removeprefix(self.site.root))["items"]), 29)

    def test_comments_come_newest_first_with_what_they_answer(self):
        items = self.xml("/comments/rss.xml").findall("channel/item")
        self.assertEqual(items[0].findtext("title"), "R & S on A & B <c> ]]> “d”")
        self.assertEqual(items[0].findtext("guid"), "urn:old:1?a=1&b=2#" + items[0].findtext("link").partition("#")[2])
        self.assertRegex(items[0].findtext("link"), r"/2019/3/31/rich\.html#comment-\d+$")
        self.assertIn("<b>there</b> &amp; goodbye", items[0].findtext(CONTENT))
        dates = [parsedate_to_datetime(i.findtext("pubDate")) for i in items]
        self.assertEqual(dates, sorted(dates, reverse=True))
        own = self.xml(RICH + "/comments.xml")
        self.assertEqual(len(own.findall("channel/item")), 1)
        self.assertEqual(own.findtext("channel/link"), f"{self.site.root}{RICH}.html")
        self.assertEqual(own.find(f"channel/{ATOM}link[@rel='self']").get("href"), f"{self.site.root}{RICH}/comments.xml")
        reply_to = self.xml("/comments/atom.xml").find(f"{ATOM}entry/{{http://purl.org/syndication/thread/1.0}}in-reply-to")
        self.assertEqual(reply_to.get("ref"), "urn:old:1?a=1&b=2")
        self.assertEqual(reply_to.get("href"), f"{self.site.root}{RICH}.html")

    def test_hidden_things_stay_hidden(self):
        for place in PLACES:
            for file in ("/rss.xml", "/atom.xml", "/feed.json"):
                text = self.site.get(place + file).text
                self.assertNotIn("Locked words", text)
                self.assertNotIn("Held.", text)

    def test_pages_show_their_feeds_to_programs(self):
        for path, feed in (("/", "/rss.xml"), ("/category/clocks", "/category/clocks/rss.xml"), ("/2019/3/", "/2019/3/rss.xml"),
                           (RICH + ".html", RICH + "/comments.xml"), ("/tag/brass-iron", "/tag/brass-iron/rss.xml")):
            found = [e["href"] for e in self.site.get(path).page.all("link") if e.get("rel") == "alternate"]
            self.assertIn(feed, found, path)
            for href in found:
                self.assertEqual(self.site.get(href).status, 200, href)

    def test_a_reader_that_asks_again_gets_nothing_twice(self):
        for path in ("/rss.xml", "/atom.xml", "/feed.json", "/comments/rss.xml"):
            tag = self.site.get(path)["ETag"]
            self.assertEqual(self.site.get(path, If_None_Match=tag).status, 304, path)

    def test_they_travel_packed(self):
        packed = self.site.get("/rss.xml", Accept_Encoding="gzip")
        self.assertEqual(packed["Content-Encoding"], "gzip")
        self.assertLess(len(packed.body), len(self.site.get("/rss.xml").body) / 2)


if __name__ == "__main__":
    unittest.main()
