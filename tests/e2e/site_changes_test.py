#!/usr/bin/env python3
"""What changes while the journal is served: time, settings, the file under it."""
import unittest
from datetime import datetime, timedelta, timezone

from journal_site import JournalSite, entry, until


def soon(seconds):
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).replace(microsecond=0).isoformat()


class Changes(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite(entries=[entry("first", "First", "2019-03-01T10:00:00+00:00")], settings={"zone": "UTC"})
        self.addCleanup(self.site.stop)

    def test_a_scheduled_entry_appears_by_itself_when_it_is_due(self):
        self.site.add(entries=[entry("due", "Just due", soon(3), body="<p>Wombat.</p>", replies=[], tags=["fresh"])])
        before = self.site.get("/")
        self.assertNotIn("Just due", before.text)
        self.assertEqual(self.site.get("/tag/fresh").status, 404)
        self.assertEqual(self.site.get("/", If_None_Match=before["ETag"]).status, 304)
        after = until(lambda: "Just due" in (answer := self.site.get("/")).text and answer, "the entry")
        self.assertNotEqual(after["ETag"], before["ETag"])
        self.assertEqual(self.site.get("/", If_None_Match=before["ETag"]).status, 200)
        path = after.page.all("article")[0].one("h2").one("a")["href"]
        for place in (path, "/rss.xml", "/sitemap.xml", "/search?q=wombat", "/tag/fresh", "/2019/3/1/first.html"):
            answer = self.site.get(place)
            self.assertEqual(answer.status, 200, place)
            self.assertIn(path, answer.text, place)
        year = path.split("/")[1]
        self.assertIn(f"/{year}/", self.site.get("/archive").text)

    def test_an_entry_leaves_when_it_expires(self):
        self.site.add(entries=[entry("brief", "Brief", "2019-04-01T10:00:00+00:00", expires=soon(3))])
        before = self.site.get("/2019/4/1/brief.html")
        self.assertEqual(before.status, 200)
        until(lambda: self.site.get("/2019/4/1/brief.html", If_None_Match=before["ETag"]).status == 410, "the entry to leave")
        self.assertNotIn("Brief", self.site.get("/").text)

    def test_settings_are_seen_by_the_very_next_reader(self):
        for number in range(3):
            before = self.site.get("/")
            self.site.set("title", f"Name {number}")
            for _ in range(4):  # whichever process answers
                answer = self.site.get("/", If_None_Match=before["ETag"])
                self.assertEqual(answer.status, 200)
                self.assertIn(f"<title>Name {number}</title>", answer.text)

    def test_an_import_is_seen_by_the_very_next_reader(self):
        tag = self.site.get("/")["ETag"]
        self.site.add(entries=[entry("second", "Second", "2019-05-01T10:00:00+00:00")])
        for _ in range(4):
            answer = self.site.get("/", If_None_Match=tag)
            self.assertEqual(answer.status, 200)
            self.assertIn("Second", answer.text)


class Faults(unittest.TestCase):
    def assertExcused(self, site, answer):
        self.assertEqual(answer.status, 500)
        self.assertRegex(answer.text, r"Something went wrong on our side\. Reference [a-z0-9]+ is in the log\.")
        for detail in ("sqlite", "SQLite", "journal.db", "exception", str(site.home)):
            self.assertNotIn(detail, answer.text)
        self.assertIsNone(answer["ETag"])
        self.assertRegex(answer["Cache-Control"], "no-store|max-age=0")
        reference = answer.text.partition("Reference ")[2].partition(" ")[0]
        until(lambda: reference in site.logs(), "the reference in the log", 5)

    def test_a_broken_file_is_excused_with_a_reference_that_the_log_has(self):
        with JournalSite(entries=[entry("first", "First", "2019-03-01T10:00:00+00:00")]) as site:
            self.assertEqual(site.get("/").status, 200)
            for file in (site.home / "private").glob("journal.db*"):
                with open(file, "r+b") as database:
                    database.write(b"\x17" * file.stat().st_size)
            site.server.processes[0].send_signal(1)  # SIGHUP: new processes
            self.assertExcused(site, until(lambda: (a := site.get("/archive")).status == 500 and a, "the fault"))

    def test_who_asks_by_the_program_s_own_name_changes_nobody_else_s_links(self):
        with JournalSite(server="lighttpd", entries=[entry("first", "First", "2019-03-01T10:00:00+00:00", tags=["one"])]) as site:
            for number in range(2):  # while the sidebar is new
                site.add(entries=[entry(f"more-{number}", "More", "2019-03-02T10:00:00+00:00")])
                site.get("/daybook.fcgi/archive")
                for _ in range(4):
                    self.assertNotIn("daybook.fcgi", site.get("/archive").text)

    def test_a_mistake_in_the_configuration_does_not_end_what_runs(self):
        with JournalSite(settings={"title": "Before"}, entries=[entry("first", "First", "2019-03-01T10:00:00+00:00")]) as site:
            master, config = site.server.processes[0], site.home / "private/daybook.conf"
            config.write_text("title = After\nno such line\n")
            master.send_signal(1)
            until(lambda: "not reloaded" in site.logs(), "the refusal in the log")
            self.assertIn("daybook.conf, line 2", site.logs())
            self.assertIn("Before", site.get("/").text)
            config.write_text("title = After\n")
            master.send_signal(1)
            until(lambda: "After" in site.get("/").text, "the new title")
            self.assertIsNone(master.poll())

    def test_a_missing_file_is_excused_under_cgi(self):
        with JournalSite(server="lighttpd", mode="cgi", entries=[entry("first", "First", "2019-03-01T10:00:00+00:00")]) as site:
            (site.home / "private/journal.db").rename(site.home / "private/away")
            answer = site.get("/")
            self.assertEqual((answer.status, answer["ETag"]), (503, None))
            self.assertRegex(answer.text, "cannot be opened just now")
            self.assertNotIn(str(site.home), answer.text)
            (site.home / "private/away").rename(site.home / "private/journal.db")
            self.assertEqual(site.get("/").status, 200)


if __name__ == "__main__":
    unittest.main()
