#!/usr/bin/env python3
"""The owner's page of upgrades: a release is uploaded or found, Upgrade and Undo are buttons, what is wrong is said."""
import hashlib
import io
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

from admin_media_test import upload
from admin_site import Person, owner
from journal_site import PROGRAM, JournalSite, until


def release(next_=True, broken=False):
    file, sums = io.BytesIO(), ""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("daybook", "daybook-work"):
            with tempfile.NamedTemporaryFile() as stripped:
                subprocess.run(["strip", "-o", stripped.name, PROGRAM.with_name(name + ("-next" if next_ else ""))], check=True)
                data = pathlib.Path(stripped.name).read_bytes()
            sums += f"{hashlib.sha256(data).hexdigest()}  web/{name}.bin\n"
            archive.writestr(f"daybook-9.9.9-x86_64/web/{name}.bin", data[:100_000] if broken else data)
        archive.writestr("daybook-9.9.9-x86_64/SHA256SUMS", sums)
    return file.getvalue()


class Pages(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite()
        self.addCleanup(self.site.stop)
        self.ada = owner(self.site)
        self.before = self.state()

    def state(self):
        return {n: hashlib.sha256((self.site.server.run / n).read_bytes()).hexdigest() for n in ("daybook", "daybook-work")}

    def page(self):
        return self.ada.get("/admin/upgrade").page

    def send(self, bytes_, name="daybook-9.9.9-x86_64.zip"):
        return upload(self.ada, [(name, bytes_)], self.site.prefix + "/admin/upgrade/file", "release")

    def press(self, act):
        page = self.page()
        form = next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))
        answer = self.ada.send(page, {}, ("act", act), form)
        self.assertEqual(answer.status, 303, answer.text)

    def says(self, words):
        until(lambda: words in self.page().one("main").words, words, 60)

    def test_uploaded_put_in_place_and_undone(self):
        self.assertEqual(Person(self.site).get("/admin/upgrade").status, 303)
        answer = self.send(release())
        self.assertEqual(answer.status, 303, answer.text)
        self.assertIn("lies ready", self.page().one("main").words)
        self.press("upgrade")
        self.says("is in the place of")
        self.assertNotEqual(self.state(), self.before)
        self.press("undo")
        self.says("is back in the place of")
        self.assertEqual(self.state(), self.before)
        self.assertEqual(self.ada.get("/admin/entries").status, 200)

    def test_what_is_wrong_is_said_and_nothing_changes(self):
        answer = self.send(b"<html>", "index.html")
        self.assertEqual(answer.status, 422)
        self.assertIn("index.html is no release of Daybook", answer.page.one("main").words)
        self.assertEqual(self.send(b"").status, 422)
        self.send(release(broken=True))
        self.press("upgrade")
        self.says("Upload it again in binary mode")
        self.assertEqual(self.state(), self.before)


if __name__ == "__main__":
    unittest.main()
