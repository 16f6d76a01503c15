#!/usr/bin/env python3
"""Follows every link of the demo, and of imported WordPress test data, at a host's root and below /blog: nothing is
broken, nothing leaves the journal's folder, and every page keeps the rules that hold for all pages."""
import collections
import json
import time
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree
from datetime import datetime

import page
from journal_site import DEMO, THEME_UNIT_TEST, JournalSite

LOADED = {("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset"), ("script", "src"), ("iframe", "src"),
          ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"), ("embed", "src"), ("object", "data"),
          ("input", "src"), ("form", "action"), ("button", "formaction")}
LOADED_LINKS = {"stylesheet", "icon", "preload", "manifest", "modulepreload"}
CHANGING = {"Date", "X-Request-Id", "Connection", "Transfer-Encoding", "Keep-Alive"}
OF_THE_PROGRAM = {"ETag", "Last-Modified", "Accept-Ranges", "Link"}
ATOM = "{http://www.w3.org/2005/Atom}"


class Crawl:
    """All that is reached from the front page. `faults`: what is wrong, in words."""

    def __init__(self, site):
        self.site, self.faults = site, []
        self.answers, self.pages = {}, {}
        self.from_where = {site.prefix + "/": "the beginning"}
        self.fragments = collections.defaultdict(dict)
        waiting = collections.deque(self.from_where)
        while waiting:
            target = waiting.popleft()
            answer = self.answers[target] = site.ask("GET", target)
            if answer.status in (301, 308) and site.allows_moved:
                answer = site.ask("GET", answer["Location"])
                if answer.status == 200:
                    continue
            if answer.status != 200:
                if urllib.parse.unquote(target) not in site.not_taken:
                    self.fault(target, f"answers {answer.status}")
                continue
            for url in self.links(target, answer):
                path = self.inside(target, url)
                if path and path not in self.from_where:
                    self.from_where[path] = target
                    waiting.append(path)
        for target, wanted in self.fragments.items():
            ids = {e["id"] for e in self.pages[target].walk() if e.get("id")} if target in self.pages else set()
            for fragment, source in wanted.items():
                if fragment not in ids:
                    self.fault(target, f"has no #{fragment}, which {source} links to")

    def fault(self, target, words):
        self.faults.append(f"{target} (from {self.from_where[target]}) {words}")

    def inside(self, target, url):
        """The path and query of an address of this host, else nothing."""
        whole = urllib.parse.urljoin(self.site.origin + target, url)
        if not whole.startswith(self.site.origin + "/"):
            if whole.startswith("http://127.0.0.1"):
                self.fault(target, f"names another address of this machine: {url}")
            return None
        path, _, fragment = whole[len(self.site.origin):].partition("#")
        if not path.startswith(self.site.prefix + "/"):
            self.fault(target, f"links out of {self.site.prefix}: {url}")
            return None
        if fragment:
            self.fragments[path][urllib.parse.unquote(fragment)] = target
        return path

    def links(self, target, answer):
        if answer.type == "text/html":
            tree = self.pages[target] = answer.page
            for element, name, url in page.addresses(tree):
                if not (element.tag == "form" and element.get("method") == "post"):
                    yield url
        elif answer.type.endswith("xml") or answer.type == "text/x-opml":
            yield from self.xml_links(ElementTree.fromstring(answer.body))
        elif answer.type == "application/feed+json":
            feed = json.loads(answer.body)
            yield from (feed[k] for k in ("home_page_url", "feed_url", "next_url") if k in feed)
            for item in feed["items"]:
                yield item["url"]
                yield from (url for _, _, url in page.addresses(page.parse(item.get("content_html", ""))))

    @staticmethod
    def xml_links(root):
        for element in root.iter():
            for name in ("href", "url", "xmlUrl", "htmlUrl"):
                if element.get(name):
                    yield element.get(name)
            name = element.tag.rpartition("}")[2]
            if name in ("link", "loc", "comments", "commentRss", "uri") and (element.text or "").startswith("http"):
                yield element.text
            if name in ("encoded", "content", "description", "summary") and element.text:
                yield from (url for _, _, url in page.addresses(page.parse(element.text)))


def canonical_of(tree):
    return [e["href"] for e in tree.all("link") if e.get("rel") == "canonical"]


def page_faults(crawl, target, answer, tree):
    """The rules that every page keeps."""
    site = crawl.site
    if not answer.text.startswith("<!doctype html>\n"):
        yield "does not begin with its document type"
    if answer["Content-Type"] != "text/html; charset=utf-8":
        yield f"is {answer['Content-Type']}"
    if len(tree.all("h1")) != 1:
        yield f"has {len(tree.all('h1'))} h1"
    if not tree.one("html").get("lang"):
        yield "has no language"
    if len(tree.one("head").all("title")) != 1 or not tree.one("head").one("title").words:
        yield "has no title"
    if len(tree.all("main")) != 1 or tree.one("main").get("id") != "main":
        yield "has not one main"
    meta = {e.get("name"): e.get("content") for e in tree.one("head").all("meta")}
    if "noindex" not in meta.get("robots", ""):
        canonical = canonical_of(tree)
        of_it = canonical and crawl.pages.get(canonical[0].removeprefix(site.origin))
        if len(canonical) != 1 or not of_it or canonical_of(of_it) != canonical:
            yield f"is canonical at {canonical}"
    ids = collections.Counter(e["id"] for e in tree.walk() if e.get("id"))
    for name in (name for name, n in ids.items() if n > 1):
        yield f"has the id {name} twice"
    for element in tree.walk():
        if element.tag == "style" or "style" in element.attributes:
            yield f"has a style in itself: {element.tag} {element.attributes}"
        if element.tag == "script" and element.get("type") != "application/ld+json" and not (
                "/static/" in element.get("src", "") and not element.text):
            yield "has a script in itself"
        if element.tag == "script" and element.get("type") == "application/ld+json":
            json.loads("".join(element.children))
        for name in element.attributes:
            if name.startswith("on"):
                yield f"has an event attribute: {element.tag} {name}"
        if element.tag == "img" and "alt" not in element.attributes:
            yield f"has a picture without alt: {element.get('src')}"
    for element, name, url in page.addresses(tree):
        scheme = urllib.parse.urlsplit(url).scheme
        if scheme not in ("", "http", "https", "mailto"):
            yield f"links to {url}"
        loads = (element.tag, name) in LOADED or (
            element.tag == "link" and LOADED_LINKS & set((element.get("rel") or "").split()))
        if loads and not urllib.parse.urljoin(site.origin + target, url).startswith(site.root + "/"):
            yield f"loads from elsewhere: {url}"


def header_faults(site, target, answer):
    policy = answer["Content-Security-Policy"] or ""
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"has the policy {policy!r}"
    if answer["X-Content-Type-Options"] != "nosniff" or answer["Referrer-Policy"] != "same-origin":
        yield "lacks a security header"
    if answer["Set-Cookie"]:
        yield "sets a cookie"
    tag = answer["ETag"]
    if not tag:
        yield "has no ETag"
        return
    head = site.ask("HEAD", target)
    if head.status != 200 or head.body:
        yield f"answers HEAD with {head.status} and {len(head.body)} bytes"
    # A page that has become a file since lacks what only the program adds, and the mark is the web server's.
    kept = head["X-Request-Id"] is None and answer["X-Request-Id"] is not None
    for name in {*answer.headers, *head.headers} - CHANGING - (OF_THE_PROGRAM if kept else set()):
        if answer[name] != head[name]:
            yield f"answers HEAD with {name} {head[name]!r}, GET with {answer[name]!r}"
    again = site.ask("GET", target, {"If-None-Match": tag})
    if again.status != 304 or again.body or again["ETag"] != tag:
        yield f"answers {again.status} to its own ETag"


class Rules:
    """What holds for every journal; the classes below say which one."""

    @classmethod
    def setUpClass(cls):
        cls.site = cls.make()
        cls.addClassCleanup(cls.site.stop)
        cls.site.daybook("work")  # smaller copies of its pictures change its pages
        cls.crawl = Crawl(cls.site)

    def assertNone(self, faults):
        faults = list(faults)
        self.assertFalse(faults, f"{len(faults)} faults, such as\n" + "\n".join(faults[:20]))

    def test_every_link_leads_to_a_page_of_this_journal(self):
        self.assertGreater(len(self.crawl.pages), 100)
        self.assertNone(self.crawl.faults)

    def test_every_page_has_one_heading_a_title_a_language_its_address_and_nothing_in_line(self):
        self.assertNone(f"{target} {fault}" for target, tree in self.crawl.pages.items()
                        for fault in page_faults(self.crawl, target, self.crawl.answers[target], tree))

    def test_every_page_has_the_headers_that_protect_and_spare_its_readers(self):
        own = [(t, a) for t, a in self.crawl.answers.items()
               if a.status == 200 and not t.startswith((self.site.prefix + "/static/", self.site.prefix + "/media/"))]
        self.assertNone(f"{target} {fault}" for target, answer in own for fault in header_faults(self.site, target, answer))

    def test_no_two_pages_have_the_same_title(self):
        titles = collections.defaultdict(list)
        for target, tree in self.crawl.pages.items():
            if canonical_of(tree) == [self.site.origin + target]:
                titles[tree.one("head").one("title").text].append(target)
        self.assertNone(f"{title!r}: {where}" for title, where in titles.items() if len(where) > 1 and self.titles_differ)

    titles_differ = True


class Demo(Rules, unittest.TestCase):
    make = JournalSite.demo

    def everything(self):
        return ((target, answer.body) for target, answer in self.crawl.answers.items() if answer.status == 200)

    def test_shows_nothing_of_what_is_not_public(self):
        journal = json.loads(DEMO.read_text())
        own = {a.get("email") for a in journal["authors"]}
        secrets = [r["email"] for e in journal["entries"] for r in e.get("replies", []) if r.get("email") not in own | {None, ""}]
        for entry in journal["entries"]:
            public = entry["status"] == "published" and datetime.fromisoformat(entry["date"]).timestamp() < time.time()
            if not public:
                secrets += ["/" + entry["slug"]]
            if not public or entry.get("password"):
                secrets += [p for p in entry["body"].split("\n") if len(p) > 40][:1]
            secrets += [r["body"][:60] for r in entry.get("replies", []) if r["status"] != "public"]
            secrets += [r["url"] for r in entry.get("references", []) if r["status"] != "public"]
        self.assertGreater(len(secrets), 20)
        for secret in secrets:
            found = [target for target, body in self.everything() if secret.encode() in body]
            self.assertFalse(found, f"{secret!r} is shown on {found[:5]}")

    def test_reaches_every_public_entry_and_page(self):
        for entry in json.loads(DEMO.read_text())["entries"]:
            if entry["status"] == "published" and datetime.fromisoformat(entry["date"]).timestamp() < time.time():
                reached = [t for t in self.crawl.pages if t.removesuffix(".html").endswith("/" + entry["slug"])]
                self.assertTrue(reached, f"{entry['slug']} is reached from nowhere")


class DemoBelowBlog(Rules, unittest.TestCase):
    @staticmethod
    def make():
        return JournalSite.demo(prefix="/blog")


@unittest.skipUnless(THEME_UNIT_TEST.exists(), "the shared imports are not here")
class ThemeUnitTest(Rules, unittest.TestCase):
    titles_differ = False  # its entries share titles

    @staticmethod
    def make():
        site = JournalSite([THEME_UNIT_TEST])
        site.allows_moved = True  # texts link to the old engine's addresses
        site.not_taken = site.reports[-1]  # pictures that are not beside the file; each is named
        return site


if __name__ == "__main__":
    unittest.main()
