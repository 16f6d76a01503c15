#!/usr/bin/env python3
"""Every address that a WordPress blog had, under each of its common permalink structures, answers after an import: with
the page itself or with a redirect to the right one."""
import pathlib
import re
import sys
import tempfile
import unittest
from html import unescape
from urllib.parse import quote

from journal_site import JournalSite

PNG = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000200000001080200000000000000")

POSTS = [  # id, slug, date, category, tag, author
    (11, "first-light", "2010-05-03 08:15:09", "sea", "salt", "ada"),
    (12, "über-die-see", "2011-12-24 23:59:00", "tides", "c++", "bo"),
    (13, "2012-review", "2012-01-01 00:00:01", "tides", "salt", "ada"),
]
CATEGORIES = [(3, "sea", "", "Sea"), (4, "tides", "sea", "Tides")]
TAGS = [(5, "salt", "Salt"), (6, "c++", "C++")]
AUTHORS = [(7, "ada"), (8, "bo")]


def cdata(text):
    return f"<![CDATA[{text}]]>"


class Blog:
    def __init__(self, structure, base="", category_base=None, tag_base=None):
        """`structure` as WordPress writes it; "" for ?p=N. `base`: the folder in which the blog lived."""
        self.structure, self.base = structure, base
        self.root = "https://old.example" + base
        front = structure[:structure.find("%")] if structure else "/"
        self.front = front
        self.category_base = category_base or front + "category/"
        self.tag_base = tag_base or front + "tag/"
        self.index = "/index.php/" if structure.startswith("/index.php/") else "/"
        date = front
        if re.search(r"%post_id%", structure) and not re.search("%year%", structure):
            date = front + "date/"
        self.date_base = date

    def path(self, post):
        number, slug, date, category, _, author = post
        if not self.structure:
            return f"/?p={number}"
        tree = {"sea": "sea", "tides": "sea/tides"}
        parts = {"year": date[:4], "monthnum": date[5:7], "day": date[8:10], "hour": date[11:13], "minute": date[14:16],
                 "second": date[17:19], "postname": quote(slug).lower(), "post_id": str(number), "category": tree[category],
                 "author": author}
        return re.sub("%(\\w+)%", lambda m: parts[m[1]], self.structure)

    def page(self, slug, number):
        if not self.structure:
            return f"/?page_id={number}"
        return self.index + slug + ("/" if self.structure.endswith("/") else "")

    def item(self, kind, number, slug, date, link, more="", parent=0):
        return f"""<item><title>Number{number}</title><link>{self.root}{link}</link>
<guid isPermaLink="false">{self.root}/?p={number}</guid><content:encoded>{cdata(f"Text of {number}")}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>{quote(slug).lower()}</wp:post_name>
<wp:status>{"inherit" if kind == "attachment" else "publish"}</wp:status><wp:post_parent>{parent}</wp:post_parent>
<wp:post_type>{kind}</wp:post_type>{more}</item>"""

    def file(self):
        items = ""
        for post in POSTS:
            number, slug, date, category, tag, author = post
            more = f"""<dc:creator>{author}</dc:creator><category domain="category" nicename="{category}">x</category>
<category domain="post_tag" nicename="{quote(tag).lower()}">{tag}</category>
<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Cy</wp:comment_author><wp:comment_date_gmt>{date}</wp:comment_date_gmt>
<wp:comment_approved>1</wp:comment_approved><wp:comment_content>Yes</wp:comment_content></wp:comment>"""
            items += self.item("post", number, slug, date, self.path(post), more)
        items += self.item("page", 20, "about", "2010-01-01 00:00:00", self.page("about", 20))
        items += self.item("page", 21, "team", "2010-01-02 00:00:00", self.page("about/team", 21), parent=20)
        upload = f"<wp:attachment_url>{self.root}/wp-content/uploads/2010/05/pier.png</wp:attachment_url>"
        below = self.path(POSTS[0]).rstrip("/") + "/pier/" if self.structure else "/?attachment_id=30"
        items += self.item("attachment", 30, "pier", "2010-05-03 09:00:00", below, upload, parent=11)
        alone = self.page("quay", 31).replace("page_id", "attachment_id")
        items += self.item("attachment", 31, "quay", "2010-05-03 09:00:00", alone, upload.replace("pier", "quay"))
        heads = "".join(f"<wp:author><wp:author_id>{n}</wp:author_id><wp:author_login>{a}</wp:author_login></wp:author>"
                        for n, a in AUTHORS)
        heads += "".join(f"<wp:category><wp:term_id>{n}</wp:term_id><wp:category_nicename>{s}</wp:category_nicename>"
                         f"<wp:category_parent>{p}</wp:category_parent><wp:cat_name>{name}</wp:cat_name></wp:category>"
                         for n, s, p, name in CATEGORIES)
        heads += "".join(f"<wp:tag><wp:term_id>{n}</wp:term_id><wp:tag_slug>{quote(s).lower()}</wp:tag_slug>"
                         f"<wp:tag_name>{name}</wp:tag_name></wp:tag>" for n, s, name in TAGS)
        return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title>
<link>{self.root}</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{self.root}</wp:base_site_url>
<wp:base_blog_url>{self.root}</wp:base_blog_url>{heads}{items}</channel></rss>"""

    def addresses(self):
        """(old address, what the last answer must hold, its kind)."""
        html, feed = "text/html", "xml"
        for post in POSTS:
            number, slug, date, category, tag, author = post
            title, path = f"Number{number}", self.path(post)
            yield path, title, html
            yield f"/?p={number}", title, html
            yield f"/index.php?p={number}", title, html
            yield f"/?p={number}&feed=rss2", title, feed
            yield f"/?p={number}&feed=atom", title, feed
            yield f"/?feed=rss2&p={number}", title, feed
            yield f"/?name={quote(slug)}", title, html
            if self.structure:
                bare = path.rstrip("/")
                bare = bare.removesuffix(".html")
                for form in {bare, bare + "/"} if path.endswith("/") else {path}:
                    yield form, title, html
                    yield form + "?replytocom=11", title, html
                ends = ["feed/", "feed", "feed/rss2/", "feed/rss/", "feed/atom/", "feed/rdf/", "feed/rss2", "feed/atom"]
                for end in ends:
                    yield path.rstrip("/") + "/" + end, title, feed
                yield path.rstrip("/") + "/?feed=rss2", title, feed
                yield path.rstrip("/") + "/?feed=atom", title, feed
                for end in ("trackback/", "trackback", "amp/", "embed/", "2/", "comment-page-1/", "comment-page-2/#comments"):
                    yield path.rstrip("/") + "/" + end, title, html
        yield self.page("about", 20), "Number20", html
        yield self.page("about/team", 21), "Number21", html
        yield "/?page_id=20", "Number20", html
        yield "/?page_id=21", "Number21", html
        yield "/?p=21", "Number21", html
        yield "/?pagename=about", "Number20", html
        yield "/?pagename=about/team", "Number21", html
        yield "/?page_id=21&feed=rss2", "Number21", feed
        if self.structure:
            yield self.page("about", 20).rstrip("/") + "/feed/", "Number20", feed
            yield self.page("about/team", 21).rstrip("/") + "/feed/atom/", "Number21", feed
            yield self.path(POSTS[0]).rstrip("/") + "/pier/", "Number11", html
            yield self.path(POSTS[0]).rstrip("/") + "/pier/feed/", "Number11", feed
            yield self.page("quay", 31), None, None
        yield "/?attachment_id=30", "Number11", html
        yield "/?attachment_id=31", None, None
        for file in ("pier", "quay", "pier-300x200", "quay-1024x768"):
            yield f"/wp-content/uploads/2010/05/{file}.png", "PNG", "image/png"
        for number, slug, parent, name in CATEGORIES:
            yield f"/?cat={number}", name, html
            yield f"/?cat={number}&feed=rss2", name, feed
            yield f"/?feed=atom&cat={number}", name, feed
            yield f"/?category_name={slug}", name, html
            if parent:
                yield f"/?category_name={parent}/{slug}", name, html
            yield f"/?category_name={slug}&feed=rss2", name, feed
            yield from self.archive(self.category_base + (parent + "/" if parent else "") + slug, name)
            yield from self.archive(self.category_base + slug, name)
        for _, slug, name in TAGS:
            yield f"/?tag={quote(slug)}", name, html
            yield f"/?tag={quote(slug)}&feed=rss2", name, feed
            yield from self.archive(self.tag_base + quote(slug).lower(), name)
        for number, slug in AUTHORS:
            yield f"/?author={number}", slug, html
            yield f"/?author={number}&feed=rss2", slug, feed
            yield f"/?author_name={slug}", slug, html
            yield f"/?author_name={slug}&feed=atom", slug, feed
            yield from self.archive(self.front + "author/" + slug, slug)
        for date in ("2010", "2010/05", "2010/05/03"):
            words = {4: "2010", 7: "May 2010", 10: "May 3, 2010"}[len(date)]
            yield from self.archive(self.date_base + date, words)
            yield "/?m=" + date.replace("/", ""), words, html
            yield f"/?m={date.replace('/', '')}&feed=rss2", words, feed
        yield "/?year=2010&monthnum=5", "May 2010", html
        yield "/?year=2010&monthnum=05&day=03", "May 3, 2010", html
        for kind in ("rss2", "rss", "atom", "rdf", "feed"):
            yield f"/?feed={kind}", "A journal", feed
            yield f"/index.php?feed={kind}", "A journal", feed
        for kind in ("", "rss2/", "rss/", "atom/", "rdf/", "rss2", "atom"):
            yield f"{self.index}feed/{kind}", "A journal", feed
            yield f"{self.index}comments/feed/{kind}", "comments", feed
        for kind in ("comments-rss2", "comments-atom"):
            yield f"/?feed={kind}", "comments", feed
        for name in ("/feed", "/comments/feed", "/wp-rss2.php", "/wp-rss.php", "/wp-atom.php", "/wp-rdf.php", "/wp-feed.php",
                     "/rss", "/rss/", "/rss2/", "/atom/", "/rdf/"):
            yield name, "Title" if "comments" not in name else "comments", feed
        yield "/wp-commentsrss2.php", "comments", feed
        yield "/?s=text", "Search", html
        yield f"{self.index}search/text/", "Search", html
        yield f"{self.index}search/text/feed/rss2/", "Search", html
        yield "/?s=text&feed=rss2", "Search", html
        yield f"{self.index}page/1/", "A journal", html
        yield "/index.php", "A journal", html
        if self.base:
            for post in POSTS:
                yield self.base + self.path(post), f"Number{post[0]}", html
                yield f"{self.base}/?p={post[0]}", f"Number{post[0]}", html
            yield self.base, "A journal", html
            yield self.base + "/", "A journal", html
            yield self.base + "/feed/", "A journal", feed
            yield self.base + "/category/sea/tides/", "Tides", html
            yield self.base + "/2010/05/", "May 2010", html
            yield self.base + "/wp-content/uploads/2010/05/pier.png", "PNG", "image/png"

    @staticmethod
    def archive(path, words):
        for end in ("", "/"):
            yield path + end, words, "text/html"
            yield path + end + "?paged=1", words, "text/html"
        for end in ("feed", "feed/", "feed/rss2/", "feed/rss/", "feed/atom/", "feed/rdf/"):
            yield path + "/" + end, words, "xml"
        yield path + "/?feed=rss2", words, "xml"
        yield path + "/?feed=atom", words, "xml"
        yield path + "/page/1/", words, "text/html"


class Imported:
    def __init__(self, blog):
        self.folder = tempfile.TemporaryDirectory(prefix="daybook-addresses-")
        root = pathlib.Path(self.folder.name)
        (root / "uploads/2010/05").mkdir(parents=True)
        for name in ("pier", "quay"):
            (root / f"uploads/2010/05/{name}.png").write_bytes(PNG)
        (root / "old.xml").write_text(blog.file())
        self.site = JournalSite([root / "old.xml"], root / "uploads")

    def stop(self):
        self.site.stop()
        self.folder.cleanup()

    def follow(self, target):
        """(statuses, last kind, last body)"""
        statuses = []
        for _ in range(5):
            answer = self.site.get(target.partition("#")[0])
            statuses.append(answer.status)
            if answer.status not in (301, 302, 308):
                return statuses, answer.type, answer.body.decode("utf-8", "replace")
            target = answer["Location"].removeprefix(self.site.origin)
        return statuses, "", "led in a circle"


STRUCTURES = ["", "/%postname%/", "/%postname%", "/%year%/%monthnum%/%day%/%postname%/", "/%year%/%monthnum%/%postname%/",
              "/archives/%post_id%", "/archives/%post_id%/", "/%category%/%postname%/", "/%author%/%postname%/",
              "/index.php/%year%/%monthnum%/%day%/%postname%/", "/index.php/archives/%post_id%", "/%year%/%postname%.html",
              "/blog/%postname%/", "/%post_id%/%postname%/", "/%post_id%", "/%post_id%/"]


class OldAddressesTest(unittest.TestCase):
    def check(self, blog):
        site, wrong = Imported(blog), []
        self.addCleanup(site.stop)
        for address, words, kind in blog.addresses():
            statuses, found_kind, body = site.follow(address)
            first_good = statuses[0] in (200, 301, 308)
            last_good = statuses[-1] == 200 and len(statuses) <= 3
            name = re.search("<h1.*?</h1>" if "html" in found_kind else "<title>.*?</title>|PNG", body, re.S)
            shown = words is None or (name is not None and words.lower() in unescape(name[0]).lower().replace("\xa0", " "))
            typed = kind is None or kind in found_kind
            if not (first_good and last_good and shown and typed):
                wrong.append(f"{address}: {statuses} {found_kind} {'' if shown else 'without ' + str(words)}")
        self.assertEqual(wrong, [], f"{blog.structure!r} in {blog.base!r}: {len(wrong)} wrong\n" + "\n".join(wrong))
        for address in ("/?p=999", "/?page_id=999", "/?m=203501", "/?m=201013", "/?cat=999", "/?tag=none", "/?author=999",
                        "/?year=2035", "/?name=none", "/?m=201006", "/no-such-thing/feed/", "/category/none/feed/"):
            statuses, _, _ = site.follow(address)
            self.assertEqual(statuses, [404], address)


class DateAndSlugTest(unittest.TestCase):
    def test_an_entry_answers_in_every_form_that_names_its_date_and_slug(self):
        entry = {"kind": "entry", "status": "published", "slug": "low-tide", "date": "2019-03-04T07:45:00+00:00", "title": "T",
                 "format": "markdown", "body": "x"}
        site = JournalSite(entries=[entry])
        self.addCleanup(site.stop)
        for old in ("/2019/03/04/low-tide.html", "/2019/03/04/low-tide/", "/2019/03/low-tide/", "/2019/3/low-tide",
                    "/2019/low-tide.html", "/blog/2019/03/04/low-tide.php", "/2019/03/04/Low%20Tide.html"):
            answer = site.get(old)
            self.assertEqual((answer.status, answer["Location"]), (301, "/2019/3/4/low-tide.html"), old)
        for none in ("/2019/03/05/low-tide.html", "/2018/03/04/low-tide.html", "/2019/03/04/high-tide.html",
                     "/2019/13/low-tide/", "/0000/low-tide"):
            self.assertEqual(site.get(none).status, 404, none)


def add(structure, base="", **more):
    name = f"test {structure or '?p=N'} {base} {' '.join(more.values())}".strip()
    setattr(OldAddressesTest, name, lambda self: self.check(Blog(structure, base, **more)))


for one in STRUCTURES:
    add(one)
for one in ("", "/%postname%/", "/%year%/%monthnum%/%day%/%postname%/"):
    add(one, "/blog")
add("/%postname%/", category_base="/topics/", tag_base="/about-things/")
add("/archives/%post_id%", category_base="/topics/", tag_base="/labels/")

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
