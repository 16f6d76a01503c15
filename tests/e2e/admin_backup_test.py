#!/usr/bin/env python3
"""The owner's page of backups: one is made by a job, fetched in pieces, and the journal goes back to it; exports in every form."""
import io
import json
import pathlib
import sqlite3
import time
import unittest
import zipfile

from admin_site import Person, owner
from journal_site import JournalSite, until

FORMS = ("wxr", "mt", "markdown", "json", "static")


class Pages:
    """What is done with the page, whatever stands before it."""
    server, mode = "nginx", "fastcgi"

    def setUp(self):
        self.site = JournalSite(server=self.server, mode=self.mode,
                                entries=[{"kind": "entry", "status": "published", "slug": f"e{n}", "title": f"Entry {n}",
                                          "date": "2024-05-01T10:00:00Z", "format": "markdown", "body": "Some *words*."} for n in range(5)])
        self.addCleanup(self.site.stop)
        self.ada = owner(self.site)

    def page(self):
        return self.ada.get("/admin/backup").page

    def press(self, act, **values):
        page = self.page()
        form = next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))
        return self.ada.send(page, values, ("act", act), form)

    def links(self, ending):
        return [a["href"] for a in self.page().one("main").all("a") if "/admin/backup/file/" in a["href"] and a["href"].endswith(ending)]

    def made(self, ending):
        """Waits for the job; a page that is looked at keeps it going."""
        def there():
            links = self.links(ending)
            return links if links and not self.page().all("progress") else None
        return until(there, "a file " + ending, 60)[0]

    def rows(self, question, *values):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            return database.execute(question, values).fetchall()

    def test_made_listed_fetched_whole_and_in_pieces_and_erased(self):
        self.assertIn("Make the first one now", self.page().one("main").words)
        answer = self.press("backup")
        self.assertEqual(answer.status, 303, answer.text)
        self.assertTrue(answer["Location"].endswith("/admin/backup?done=making"))
        address = self.made(".zip")
        whole = self.ada.ask("GET", address)
        self.assertEqual(whole.status, 200)
        self.assertEqual(whole.type, "application/zip")
        self.assertIn("attachment; filename=\"daybook-", whole["Content-Disposition"])
        # Apache trusts no length that a CGI program names.
        self.assertIn(whole["Content-Length"], (str(len(whole.body)), None))
        names = zipfile.ZipFile(io.BytesIO(whole.body)).namelist()
        self.assertIn("journal.db", names)
        self.assertIn("readable/index.html", names)
        half = len(whole.body) // 2
        rest = self.ada.ask("GET", address, Range=f"bytes={half}-", **{"If-Range": whole["ETag"]})
        self.assertEqual((rest.status, rest["Content-Range"]), (206, f"bytes {half}-{len(whole.body) - 1}/{len(whole.body)}"))
        self.assertEqual(whole.body[:half] + rest.body, whole.body)
        other = self.ada.ask("GET", address, Range="bytes=5-", **{"If-Range": '"of another file"'})
        self.assertEqual((other.status, len(other.body)), (200, len(whole.body)))
        self.assertEqual(self.ada.ask("GET", address, Range=f"bytes={len(whole.body)}-").status, 416)
        head = self.ada.ask("HEAD", address)
        self.assertEqual((head.status, head["ETag"], head.body), (200, whole["ETag"], b""))
        for other in (address + "x", address.replace(".zip", ".txt"), self.site.prefix + "/admin/backup/file/.failed",
                      self.site.prefix + "/admin/backup/file/..%2fjournal.db"):
            self.assertIn(self.ada.ask("GET", other).status, (400, 404), other)
        self.assertEqual(Person(self.site).ask("GET", address).status, 303)
        self.assertIn("done=erased", self.press("erase")["Location"])
        self.assertEqual(self.ada.ask("GET", address).status, 404)
        self.assertEqual(self.links(".zip"), [])

    def test_every_form_of_export_is_made_and_the_newest_stays(self):
        for form in FORMS:
            self.assertEqual(self.press("export", form=form).status, 303)
            ending = {"wxr": ".wxr.xml", "json": ".json", "mt": ".mt.txt"}.get(form, f".{form}.zip")
            answer = self.ada.ask("GET", self.made(ending))
            self.assertEqual(answer.status, 200)
            if form == "json":
                self.assertEqual(len(json.loads(answer.text)["entries"]), 5)
            elif form in ("static", "markdown"):
                self.assertTrue(zipfile.ZipFile(io.BytesIO(answer.body)).namelist())
            else:
                self.assertIn("Entry 3", answer.text)
        first = self.links(".json")
        time.sleep(1.1)
        self.press("export", form="json")
        until(lambda: self.links(".json") not in ([], first) and len(self.links(".json")) == 1, "the second export alone")
        mode = (self.site.home / "private/exports").stat().st_mode & 0o777
        self.assertEqual(mode, 0o700)

    def test_back_to_a_backup_and_never_by_mistake(self):
        self.press("backup")
        self.made(".zip")
        self.site.add(entries=[{"kind": "entry", "status": "published", "slug": "late", "title": "Too late",
                                "date": "2024-06-01T10:00:00Z", "format": "markdown", "body": "x"}])
        self.assertIn("Too late", self.site.get("/").text)
        refused = self.press("restore")
        self.assertEqual(refused.status, 422)
        self.assertIn("Tick this", refused.page.one("main").words)
        self.assertEqual(self.press("restore", sure="on").status, 303)
        until(lambda: "Too late" not in self.site.get("/").text, "the state of the backup", 60)
        self.assertIn("Entry 4", self.site.get("/").text)
        self.assertTrue(list((self.site.home / "private/backups").glob("before-restore-*")))
        self.assertEqual(self.ada.get("/admin/backup").status, 303)  # sessions are no part of a backup
        again = owner(self.site)
        self.assertEqual(again.get("/admin/backup").status, 200)


class BehindNginx(Pages, unittest.TestCase):
    def test_a_failure_is_said_with_its_reason(self):
        (self.site.home / "private/backups/.making.lock").mkdir(parents=True)
        self.press("backup")
        until(lambda: "came to nothing" in self.page().one("main").words, "the reason")

    def test_the_setting_turns_daily_backups_off(self):
        self.assertIn("done=saved", self.press("save", **{"backup.daily": None})["Location"])
        self.assertEqual(self.site.daybook("settings", "get", "backup.daily").strip(), "off")
        self.site.daybook("work", "--for", "10")
        self.assertEqual(self.links(".zip"), [])
        self.press("save", **{"backup.daily": "on"})
        self.rows("delete from setting where name = 'work.tidied'")  # an hour has passed
        self.site.daybook("work", "--for", "10")
        until(lambda: self.links(".zip"), "the daily one")

    def test_looking_makes_nothing(self):
        self.ada.get("/admin/backup?act=backup")
        self.ada.get("/admin/backup/state")
        self.assertEqual(self.rows("select count(*) from job where kind = 40"), [(0,)])


class AsCgi(Pages, unittest.TestCase):
    server, mode = "apache", "cgi"


if __name__ == "__main__":
    unittest.main()
