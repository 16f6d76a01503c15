#!/usr/bin/env python3
"""The site from its owner's browser: settings, address, look, sidebar, categories, tags, redirects, trash, statistics, privacy."""
import datetime
import unittest

from admin_site import owner
from journal_site import JournalSite, entry, until

ENTRIES = [
    entry("one", "One", "2024-03-04T10:00:00Z", tags=["Brass", "Clocks"], categories=["travel"]),
    entry("two", "Two", "2024-03-05T10:00:00Z", tags=["Brass"], categories=["ireland"]),
]
CATEGORIES = [{"slug": "travel", "name": "Travel"}, {"slug": "ireland", "name": "Ireland", "parent": "travel"}]


class OfASite(unittest.TestCase):
    server = {}

    def setUp(self):
        self.site = JournalSite(entries=ENTRIES, categories=CATEGORIES, **self.server)
        self.addCleanup(self.site.stop)
        self.owner = owner(self.site)

    def form(self, page, action):
        """The form that posts to a path."""
        return next(f for f in page.all("form") if (f.get("action") or "").endswith(action))

    def open(self, path, status=200):
        answer = self.owner.get(path)
        self.assertEqual(answer.status, status, path)
        return answer.page

    def send(self, path, action, changes, button=None):
        page = self.open(path)
        return self.owner.send(page, changes, button, self.form(page, action))


class Settings(OfASite):
    def test_what_is_changed_shows_at_once_and_the_rest_stays(self):
        self.assertIn("A journal", self.site.get("/").text)
        answer = self.send("/admin/settings", "/admin/settings", {"title": "Another <name>", "front.entries": "1"}, ("act", "save"))
        self.assertEqual((answer.status, answer["Location"]), (303, "/admin/settings?done=saved"))
        self.assertIn("Another &lt;name&gt;", self.site.get("/").text)
        self.assertEqual(len(self.site.get("/").page.all("article.entry")), 1)
        self.assertEqual(self.site.daybook("settings", "get", "comments.replies").strip(), "on")
        self.assertEqual(self.site.daybook("settings", "get", "title").strip(), "Another <name>")

    def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(self):
        answer = self.send("/admin/settings", "/admin/settings",
                           {"title": "Kept <title>", "front.entries": "1000", "zone": "Mars/Olympus", "permalink": "/{year}/{id}"}, ("act", "save"))
        self.assertEqual(answer.status, 422)
        page = answer.page
        self.assertEqual(page.one("#f-title")["value"], "Kept <title>")
        self.assertEqual(page.one("#f-front-entries")["aria-invalid"], "true")
        self.assertEqual(page.one("#f-front-entries-error").words, "This needs a whole number from 1 to 100.")
        self.assertIn("Mars/Olympus", page.one("#f-zone-error").words)
        self.assertIn("archive", page.one("#f-permalink-error").words)
        self.assertIn("3 settings", page.one(".alert").words)
        self.assertIn("A journal", self.site.get("/").text)

    def test_a_form_sent_in_part_turns_nothing_off(self):
        self.owner.post("/admin/settings", {"tagline": "Only this"})
        self.assertEqual(self.site.daybook("settings", "get", "references.webmention").strip(), "on")
        self.assertEqual(self.site.daybook("settings", "get", "tagline").strip(), "Only this")

    def test_a_line_of_the_configuration_locks_the_field(self):
        conf = self.site.home / "private/daybook.conf"
        conf.write_text(conf.read_text() + "\ntagline = Fixed\n" if conf.exists() else "tagline = Fixed\n")
        page = self.open("/admin/settings")
        self.assertIn("disabled", page.one("#f-tagline").attributes)
        self.assertIn("daybook.conf", page.one("#f-tagline-help").words)
        self.owner.post("/admin/settings", {"tagline": "Not this"})
        self.assertEqual(self.site.daybook("settings", "get", "tagline").strip(), "Fixed")

    def test_a_pattern_is_shown_before_it_is_saved_and_old_addresses_go_on(self):
        answer = self.send("/admin/settings", "/admin/settings", {"permalink": "/notes/{slug}"}, ("act", "preview"))
        self.assertEqual(answer.status, 200)
        self.assertIn(self.site.root + "/notes/two", answer.page.one("dl.lines").words)
        self.assertEqual(self.site.daybook("settings", "get", "permalink").strip(), "/{year}/{month}/{day}/{slug}.html")
        self.send("/admin/settings", "/admin/settings", {"permalink": "/notes/{slug}"}, ("act", "save"))
        self.assertEqual(self.site.get("/2024/3/5/two.html").status, 200)

    def test_the_password_of_the_mail_server_is_never_shown(self):
        page = self.open("/admin/mail")
        form = next(f for f in page.all("form") if f.all("#f-smtp-password"))
        self.assertEqual(self.owner.send(page, {"smtp.password": "s3cret-word"}, ("act", "save"), form).status, 303)
        answer = self.owner.get("/admin/mail")
        self.assertNotIn("s3cret-word", answer.text)
        self.send("/admin/settings", "/admin/settings", {"tagline": "x"}, ("act", "save"))
        self.assertNotIn("s3cret-word", self.site.daybook("settings", "get", "tagline"))
        self.assertIn("One is set", self.open("/admin/mail").one("#f-smtp-password-help").words)

    def test_the_address_moves_after_a_look_at_what_changes(self):
        guid = self.site.get("/atom.xml").text.split("<id>")[1].split("</id>")[0]
        answer = self.send("/admin/settings/address", "/admin/settings/address", {"url": "https://new.example"}, ("act", "preview"))
        self.assertEqual(answer.status, 200)
        self.assertIn("https://new.example/2024/3/5/two.html", answer.text)
        self.assertNotIn("new.example", self.site.get("/rss.xml").text)
        moved = self.owner.send(answer.page, {}, None, self.form(answer.page, "/address/move"))
        self.assertEqual(moved.status, 303)
        feed = self.site.get("/atom.xml").text
        self.assertIn("https://new.example/2024/3/5/two.html", feed)
        self.assertEqual(feed.split("<id>")[1].split("</id>")[0], guid)
        for wrong in ("", "nonsense", "https://a.example/?x", "javascript:alert(1)"):
            self.assertEqual(self.owner.post("/admin/settings/address", {"url": wrong}).status, 422, wrong)


class Sidebar(OfASite):
    def names(self):
        return [i.one(".name").words for i in self.open("/admin/sidebar").all("li.item")]

    def act(self, title, act):
        page = self.open("/admin/sidebar")
        item = next(i for i in page.all("li.item") if i.one(".name").words == title)
        answer = self.owner.send(page, {}, ("act", act), item.one("form"))
        self.assertEqual(answer.status, 303)

    def test_sections_are_added_filled_moved_hidden_and_removed(self):
        page = self.open("/admin/sidebar")
        add = next(f for f in page.all("form") if any(s.get("name") == "kind" for s in f.all("select")))
        made = self.owner.send(page, {"kind": "3"}, ("act", "add"), add)
        self.assertEqual(made.status, 303)
        path = made["Location"]
        answer = self.send(path, path, {"caption": "Read & think", "links": "https://a.example/ A <b>\n/archive All of it"})
        self.assertEqual(answer.status, 303)
        front = self.site.get("/").text
        self.assertIn("Read &amp; think", front)
        self.assertIn("A &lt;b&gt;", front)
        names = self.names()
        self.assertEqual(names[-1], "Read & think")
        self.act("Read & think", "up")
        self.assertEqual(self.names()[-2], "Read & think")
        self.act("Read & think", "down")
        self.assertEqual(self.names(), names)
        self.act("Read & think", "hide")
        self.assertNotIn("Read &amp; think", self.site.get("/").text)
        self.act("Read & think", "show")
        self.assertIn("Read &amp; think", self.site.get("/").text)
        self.act("Read & think", "remove")
        self.assertEqual(self.names(), names[:-1])

    def test_every_kind_of_section_can_be_added_and_opened(self):
        for kind in range(10):
            page = self.open("/admin/sidebar")
            add = next(f for f in page.all("form") if any(s.get("name") == "kind" for s in f.all("select")))
            made = self.owner.send(page, {"kind": str(kind)}, ("act", "add"), add)
            self.open(made["Location"])
            self.assertEqual(self.site.get("/").status, 200)

    def test_a_hostile_link_is_named_by_its_line_and_kept(self):
        page = self.open("/admin/sidebar")
        form = self.form(page, "/admin/navigation")
        answer = self.owner.send(page, {"links": "/about About\njavascript:alert(1) Bad"}, None, form)
        self.assertEqual(answer.status, 422)
        self.assertIn("Line 2", answer.page.one("#f-links-error").words)
        self.assertIn("javascript:alert(1) Bad", answer.page.one("#f-links").text)
        self.assertEqual(self.owner.send(page, {"links": "/about About us"}, None, form).status, 303)
        self.assertIn("About us", self.site.get("/").page.first("header").one("nav").words)


class Terms(OfASite):
    def test_a_category_is_renamed_moved_and_removed_and_its_address_leads_on(self):
        page = self.open("/admin/categories")
        travel, ireland = (i.one(".name").one("a")["href"] for i in page.all("li.item"))
        self.assertEqual(self.site.get("/category/travel").page.one("main").words.count("Two"), 1)
        self.assertEqual(self.send(travel, travel, {"name": "Journeys", "slug": "journeys"}).status, 303)
        moved = self.site.get("/category/travel")
        self.assertEqual((moved.status, moved["Location"]), (301, "/category/journeys"))
        feed = self.site.get("/category/travel/rss.xml")
        self.assertEqual((feed.status, feed["Location"]), (301, "/category/journeys/rss.xml"))
        self.assertEqual(self.send(ireland, ireland, {"parent": "0"}).status, 303)
        self.assertNotIn("Two", self.site.get("/category/journeys").page.one("main").words)
        gone = self.send(ireland, ireland + "/remove", {"heir": travel.rsplit("/", 1)[1]})
        self.assertEqual(gone.status, 303)
        self.assertIn("Two", self.site.get("/category/journeys").page.one("main").words)
        self.assertEqual(self.site.get("/category/ireland")["Location"], "/category/journeys")

    def test_a_category_cannot_stand_below_itself(self):
        page = self.open("/admin/categories")
        travel, ireland = (i.one(".name").one("a")["href"] for i in page.all("li.item"))
        form = self.form(self.open(travel), travel)
        values = {"name": "Travel", "slug": "travel", "parent": ireland.rsplit("/", 1)[1]}
        self.assertEqual(self.owner.post(form["action"], values).status, 422)
        self.assertEqual(self.owner.post(form["action"], {"name": "", "slug": "", "parent": "0"}).status, 422)
        self.assertEqual(self.owner.post(form["action"], {"name": "X", "slug": "ireland", "parent": "0"}).status, 422)

    def test_tags_are_renamed_merged_and_removed(self):
        tags = {i.one(".name").words: i.one(".name").one("a")["href"] for i in self.open("/admin/tags").all("li.item")}
        self.send(tags["Brass"], tags["Brass"], {"name": "Bronze", "slug": "bronze"})
        self.assertEqual(self.site.get("/tag/brass")["Location"], "/tag/bronze")
        wrong = self.send(tags["Clocks"], "/merge", {"heir": "No such"})
        self.assertEqual(wrong.status, 422)
        self.assertEqual(wrong.page.one("#f-heir")["value"], "No such")
        self.assertEqual(self.send(tags["Clocks"], "/merge", {"heir": "Bronze"}).status, 303)
        self.assertEqual(self.site.get("/tag/clocks")["Location"], "/tag/bronze")
        self.assertEqual(len(self.site.get("/tag/bronze").page.all("article.entry")), 2)
        self.assertEqual(self.send(tags["Brass"], "/remove", {}).status, 303)
        self.assertEqual(self.site.get("/tag/bronze").status, 410)
        self.assertEqual(self.site.get("/2024/3/5/two.html").status, 200)


class Redirects(OfASite):
    def add(self, source, target, status="301"):
        return self.owner.post("/admin/redirects", {"from": source, "to": target, "status": status, "act": "add"})

    def test_one_is_added_listed_and_removed(self):
        self.assertEqual(self.add("/old%20place/", "/2024/3/5/two.html#x").status, 303)
        answer = self.site.get("/old%20place/")
        self.assertEqual((answer.status, answer["Location"]), (301, "/2024/3/5/two.html#x"))
        self.assertEqual(self.add(self.site.root + "/there", "example.org/x?y=1", "302").status, 303)
        self.assertEqual(self.site.get("/there")["Location"], "https://example.org/x?y=1")
        self.assertEqual(self.add("/away", "", "410").status, 303)
        self.assertEqual(self.site.get("/away").status, 410)
        page = self.open("/admin/redirects?q=there")
        self.assertEqual([i.one(".name").words for i in page.all("li.item")], ["/there"])
        self.owner.send(page, {}, ("act", "remove"), page.one("li.item").one("form"))
        self.assertEqual(self.site.get("/there").status, 404)

    def test_loops_and_hostile_addresses_are_refused(self):
        self.assertEqual(self.add("/a", "/b").status, 303)
        self.assertEqual(self.add("/b", "/c").status, 303)
        for source, target in (("/c", "/a"), ("/x", "/x"), ("/c", self.site.root + "/a"), ("/x", "javascript:alert(1)"), ("/x", "//evil.example"),
                               ("/x", "data:text/html,x"), ("/x", "/\\evil.example"), ("/x", "/a\r\nSet-Cookie: x=1"), ("x", "/y"), ("//x", "/y"),
                               ("/../x", "/y"), ("/admin/settings", "/y"), ("/2024/3/5/two.html", "/y"), ("/static/x", "/y"), ("/", "/y"),
                               ("/x", "https://a@evil.example\n")):
            with self.subTest(source=source, target=target):
                answer = self.add(source, target)
                if "\r\n" in target or target.endswith("\n"):
                    self.assertIn(answer.status, (303, 422))
                    moved = self.site.get("/x")
                    self.assertIsNone(moved["Set-Cookie"])
                else:
                    self.assertEqual(answer.status, 422)
                    self.assertEqual(answer.page.one("#f-from")["value"], source)


class Look(OfASite):
    def css(self):
        href = self.site.get("/").page.first("link")["href"]
        return self.site.get(href.removeprefix(self.site.prefix)).text

    def template(self, name, text):
        path = "/admin/look/template?file=" + name
        page = self.open(path)
        return self.owner.send(page, {"text": text}, ("act", "save"), self.form(page, "/admin/look/template"))

    def test_colours_are_told_by_how_they_read_and_reach_the_style_sheet(self):
        answer = self.send("/admin/look", "/admin/look", {"theme.ink": "#bbbbbb", "theme.paper": "#ffffff"}, ("act", "preview"))
        self.assertEqual(answer.status, 200)
        self.assertIn("many cannot read this", answer.text)
        self.assertNotIn("#bbbbbb", self.css())
        self.send("/admin/look", "/admin/look", {"theme.ink": "#123456", "theme.font": "book"}, ("act", "save"))
        self.assertIn("--ink:#123456", self.css())
        self.assertIn("Palatino", self.css())
        self.assertEqual(self.send("/admin/look", "/admin/look", {"theme.ink": "red"}, ("act", "save")).status, 422)

    def test_the_own_style_sheet_follows_the_themes_unless_it_is_foreign(self):
        before = self.css()
        self.assertEqual(self.send("/admin/look", "/look/style", {"text": "h1 { letter-spacing: 1px }"}).status, 303)
        self.assertEqual(self.css(), before + "\nh1 { letter-spacing: 1px }")
        wrong = self.send("/admin/look", "/look/style", {"text": "@import url(https://evil.example/x.css);"})
        self.assertEqual(wrong.status, 422)
        self.assertIn("@import", wrong.page.one("#f-text").text)
        self.assertEqual(self.css(), before + "\nh1 { letter-spacing: 1px }")
        self.send("/admin/look", "/look/style", {"text": ""})
        self.assertEqual(self.css(), before)

    def test_a_template_is_checked_used_and_reset(self):
        page = self.open("/admin/look/template?file=archive.tpl")
        original = page.one("#f-text").text.removeprefix("\n")
        for bad, said in ((original.replace("[[>parts/close]]", "<p onclick=\"x()\">[[>parts/close]]"), "onclick"),
                          (original + "{{#NEVER_CLOSED}}", "NEVER_CLOSED"), (original + "{{#PAGING}}", "PAGING"),
                          (original + "[[no.such.text]]", "no.such.text"), ("nothing", "first line")):
            answer = self.template("archive.tpl", bad)
            self.assertEqual(answer.status, 422, said)
            self.assertIn(said, answer.page.one("#f-text-error").words)
            self.assertEqual(answer.page.one("#f-text").text.removeprefix("\n"), bad)
            self.assertEqual(self.site.get("/archive").status, 200)
        self.assertFalse((self.site.home / "private/theme/archive.tpl").exists())
        saved = self.template("archive.tpl", original.replace("[[>parts/close]]", "<p>A line of mine</p>\n[[>parts/close]]"))
        self.assertEqual(saved.status, 303)
        for _ in range(6):  # every process of them
            self.assertIn("A line of mine", self.site.get("/archive").text)
        page = self.open("/admin/look/template?file=archive.tpl")
        reset = next(f for f in page.all("form") if "danger" in str([b.get("class") for b in f.all("button")]))
        self.assertEqual(self.owner.send(page, {}, ("act", "reset"), reset).status, 303)
        self.assertNotIn("A line of mine", self.site.get("/archive").text)
        for name in ("admin/site.tpl", "../private/daybook.conf", "parts/admin_open.tpl", "none.tpl", "/etc/passwd"):
            self.assertEqual(self.owner.get("/admin/look/template?file=" + name).status, 404)


class Trash(OfASite):
    def trash(self):
        page = self.open("/admin/entries")
        edit = next(a["href"] for a in page.one("ul.rows").all("a") if a.words == "Two")
        self.assertEqual(self.owner.post(edit + "/trash", {}).status, 303)

    def test_what_lies_there_comes_back_or_goes_for_ever(self):
        self.trash()
        self.assertEqual(self.site.get("/2024/3/5/two.html").status, 410)
        page = self.open("/admin/trash")
        self.assertEqual([i.one(".name").words for i in page.all("li.item")], ["Two"])
        self.owner.send(page, {}, ("act", "restore"), page.one("li.item").one("form"))
        self.assertEqual(self.open("/admin/trash").all("li.item"), [])
        self.trash()
        page = self.open("/admin/trash")
        self.owner.send(page, {}, ("act", "erase"), page.one("li.item").one("form"))
        self.assertEqual(self.open("/admin/trash").all("li.item"), [])
        self.assertEqual(self.site.get("/2024/3/5/two.html").status, 410)


class Statistics(OfASite):
    AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    def line(self, path, address="198.51.100.7", agent=AGENT, referrer="-", status=200):
        at = datetime.datetime.now(datetime.timezone.utc).strftime("%d/%b/%Y:%H:%M:%S +0000")
        return f'{address} - - [{at}] "GET {path} HTTP/1.1" {status} 100 "{referrer}" "{agent}"\n'

    def test_readers_are_counted_once_a_day_and_nobody_else(self):
        self.assertIn("Statistics are off", self.open("/admin/statistics").one("main").words)
        log = self.site.folder / "access.log"
        log.write_text(self.line("/2024/3/5/two.html", referrer="https://there.example/page?q=secret") * 3 +
                       self.line("/2024/3/5/two.html", "198.51.100.8") + self.line("/2024/3/5/two.html", agent="Googlebot/2.1 (bot)") +
                       self.line("/", "198.51.100.9") + self.line("/missing", "198.51.100.10", status=404) +
                       self.line("/rss.xml", agent="Feedly/1.0 (16 subscribers)") + self.line("/rss.xml", agent="Feedly/1.0 (14 subscribers)") +
                       self.line("/atom.xml", "198.51.100.11", agent="NetNewsWire (feed reader)") + "not a line\n")
        missing = self.send("/admin/statistics", "/admin/statistics", {"statistics.log": "/no/such/file"})
        self.assertEqual(missing.status, 422)
        self.assertEqual(missing.page.one("#f-statistics-log")["value"], "/no/such/file")
        self.assertEqual(self.send("/admin/statistics", "/admin/statistics", {"statistics.log": "../x"}).status, 422)
        self.assertEqual(self.send("/admin/statistics", "/admin/statistics", {"statistics.log": str(log)}).status, 303)

        def figures():
            page = self.open("/admin/statistics")
            return {t.one("caption").words: [(r.one("th").words, r.one("td").one("span").words) for r in t.one("tbody").all("tr")] for t in page.all("table")}
        found = until(figures, "the numbers", 90)
        self.assertEqual(found["Readers a day"][0][1], "3")
        self.assertEqual(found["Most read in 30 days"], [("Two", "2")])
        self.assertEqual(found["Where readers came from"], [("there.example", "1")])
        self.assertEqual(found["Who follows by feed"][0][1], "17")
        database = b"".join(f.read_bytes() for f in (self.site.home / "private").glob("journal.db*"))
        self.assertNotIn(b"198.51.100.8", database)
        self.assertNotIn(b"q=secret", database)
        self.assertIn("13 months", self.site.get("/privacy").text)


class Privacy(OfASite):
    def test_it_says_what_the_settings_do(self):
        text = self.site.get("/privacy").page.one("main").words
        self.assertIn("30 days", text)
        self.assertIn("Ada Owner", text)
        self.assertTrue(any(a["href"].endswith("/privacy") for a in self.site.get("/").page.all("footer")[-1].all("a")))
        self.site.set("network.days", "1")
        self.site.set("comments", "none")
        self.assertNotIn("Comments", self.site.get("/privacy").page.one("main").words)
        self.site.set("comments", "open")
        self.assertIn("one day", self.site.get("/privacy").page.one("main").words)

    def test_lists_and_contacts_follow_their_settings(self):
        self.assertEqual(self.site.get("/opml.xml").status, 200)
        self.site.set("opml", "off")
        self.assertEqual(self.site.get("/opml.xml").status, 404)
        self.assertIn("mailto:ada@example.org", self.site.get("/.well-known/security.txt").text)
        self.site.set("security.contact", "https://example.org/report")
        self.assertIn("Contact: https://example.org/report", self.site.get("/.well-known/security.txt").text)


class SettingsThroughCgi(Settings):
    server = {"server": "apache", "mode": "cgi"}


class LookThroughCgi(Look):
    server = {"server": "apache", "mode": "cgi"}


class StatisticsThroughCgi(Statistics):
    server = {"server": "apache", "mode": "cgi"}


if __name__ == "__main__":
    unittest.main()
