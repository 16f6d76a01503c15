#!/usr/bin/env python3
"""Pictures and files of the owner's side: uploaded with and without script, hostile ones, replaced, erased; what readers get."""
import json
import os
import pathlib
import re
import struct
import subprocess
import unittest
import urllib.parse
import zlib

from admin_site import Person, owner
from journal_site import PROGRAM, JournalSite, until

MAKER = PROGRAM.parent / "make_picture"
STORIES = (b"GPS", b"taken by Ann", b"xmpmeta", b"Author\0Ann")


def picture(kind, width, height, orientation=1):
    return subprocess.run([MAKER, kind, str(width), str(height), str(orientation)], stdout=subprocess.PIPE, check=True).stdout


def png_bomb(side):
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b""))


def jpeg_size(data):
    at = 2
    while data[at + 1] not in (0xC0, 0xC2):
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return struct.unpack(">HH", data[at + 5:at + 9])[::-1]


def upload(person, files, address=None, field="file"):
    boundary, body = "x" * 30, b""
    for name, data in files:
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + data + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return person.ask("POST", address or person.site.prefix + "/admin/media", body, **{"Content-Type": f"multipart/form-data; boundary={boundary}"})


def pieces(person, name, data, size=90_000, total=None, **extra):
    upload_id, offset = "", 0
    while True:
        query = urllib.parse.urlencode({"upload": upload_id, "offset": offset, "total": total or len(data), "name": name})
        answer = person.ask("POST", f"{person.site.prefix}/admin/media/pieces?{query}", data[offset:offset + size],
                            **{"Content-Type": "application/octet-stream"} | extra)
        told = json.loads(answer.body)
        if answer.status != 200 or "done" in told:
            return answer.status, told
        upload_id, offset = told["upload"], told["offset"]


class Media:
    """The same for each way of being started."""
    server, mode = "nginx", "fastcgi"

    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(server=cls.server, mode=cls.mode)
        cls.addClassCleanup(cls.site.stop)
        cls.person = owner(cls.site)

    def media(self):
        return sorted(str(p.relative_to(self.site.home / "public/media")) for p in (self.site.home / "public/media").rglob("*") if p.is_file() and not p.name.startswith("."))

    def test_a_picture_is_uploaded_without_script_and_shown_in_the_size_that_fits(self):
        answer = upload(self.person, [("Harbour at Dawn.JPG", picture("jpeg", 2000, 1000, 6))])
        self.assertEqual(answer.status, 303, answer.text)
        self.assertRegex(answer["Location"], r"/admin/media/\d+\?new=1$")
        path = next(p for p in self.media() if "harbour-at-dawn" in p)
        self.assertRegex(path, r"^\d{4}/harbour-at-dawn\.jpg$")
        whole = self.site.get("/media/" + path)
        self.assertEqual((whole.status, whole["Content-Type"]), (200, "image/jpeg"))
        for story in STORIES:
            self.assertNotIn(story, whole.body)
        page = self.person.get(answer["Location"])
        self.assertEqual(page.status, 200)
        told = self.person.send(page.page, {"alt": "Boats at \"dawn\" <still>"}, form=page.page.one("main").all("form")[0])
        self.assertEqual(told.status, 303)
        self.site.add(entries=[{"kind": "entry", "status": "published", "slug": "dawn", "title": "Dawn", "date": "2024-05-01T08:00:00Z",
                                "format": "markdown", "body": f"![Boats](/media/{path})"}])
        address = "/2024/5/1/dawn.html"
        self.site.daybook("work")
        image = until(lambda: next((i for i in self.site.get(address).page.all("img") if i.get("srcset")), None), "smaller copies")
        # It was turned: 1000 wide and 2000 high.
        self.assertEqual((image["width"], image["height"], image["loading"], image["alt"]), ("1000", "2000", "lazy", "Boats"))
        offered = re.findall(r"(\S+) (\d+)w", image["srcset"])
        self.assertEqual([w for _, w in offered], ["480", "960", "1000"])
        self.assertTrue(image["sizes"])
        for source, width in offered:
            got = self.site.ask("GET", source)
            self.assertEqual(got.status, 200, source)
            self.assertEqual(jpeg_size(got.body), (int(width), int(width) * 2), source)
            self.assertNotIn(b"Exif", got.body)

    def test_every_kind_loses_its_stories_at_once(self):
        for kind, ending in (("jpeg", "jpg"), ("png", "png"), ("webp", "webp"), ("lossless", "webp")):
            for orientation in (1, 8):
                data = picture(kind, 300 + orientation, 200, orientation)
                answer = upload(self.person, [(f"{kind}.{ending}", data)])
                self.assertEqual(answer.status, 303, answer.text)
        for path in self.media():
            if path.endswith(".zip"):  # of another test: chance alone puts three letters into 50 MB
                continue
            data = (self.site.home / "public/media" / path).read_bytes()
            for story in STORIES:
                self.assertNotIn(story, data, path)
        self.assertEqual(list((self.site.home / "private/uploads").iterdir()), [])

    def test_hostile_files_get_a_clear_answer_and_leave_nothing(self):
        before = self.media()
        cases = [
            ("empty.jpg", b"", "is empty"),
            ("page.jpg", b"<html><script>alert(1)</script>", "is none"),
            ("cut.jpg", picture("jpeg", 600, 400)[:9000], "ends too early"),
            ("bomb.png", png_bomb(30000), "pixels"),
            ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
            ("shell.php", b"<?php system('id');", "could run"),
            ("photo.php.jpg.txt", b"<?php", "could run"),
            (".htaccess", b"AddHandler x .jpg", "could run"),
            ("page.html", b"<html>", "could run"),
            ("draw.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "more than draw"),
            ("draw.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "more than draw"),
            ("big.bin", bytes(50 << 20), "too large"),
        ]
        for name, data, text in cases:
            answer = upload(self.person, [(name, data)])
            self.assertEqual(answer.status, 422, name)
            self.assertIn(text, answer.page.one("#file-error").words, name)
            self.assertTrue(answer.page.one("title").words.startswith("Error:"))
            if len(data) < 1 << 20:
                status, told = pieces(self.person, name, data)
                self.assertEqual(status, 422, name)
                self.assertIn(text, told["error"])
        self.assertEqual(self.media(), before)
        self.assertEqual(list((self.site.home / "private/uploads").iterdir()), [])

    def test_good_ones_among_bad_ones_are_kept(self):
        answer = upload(self.person, [("good.txt", b"Some words."), ("bad.jpg", b""), ("../../../etc/passwd", b"root:x")])
        self.assertEqual(answer.status, 422)
        self.assertIn("2 files were added", answer.page.one(".notice").words)
        self.assertIn("good.txt", " ".join(self.media()))
        self.assertTrue(any(p.endswith("/passwd.txt") for p in self.media()))
        got = self.site.get("/media/" + next(p for p in self.media() if p.endswith("good.txt")))
        self.assertEqual((got.status, got.type, got["X-Content-Type-Options"]), (200, "text/plain", "nosniff"))

    def test_what_is_no_picture_is_a_download(self):
        upload(self.person, [("table.xlsx", b"PK\x03\x04 sheets")])
        got = self.site.get("/media/" + next(p for p in self.media() if p.endswith("table.xlsx")))
        self.assertEqual((got.status, got["Content-Disposition"]), (200, "attachment"))

    def test_a_file_comes_in_pieces_that_may_break_off(self):
        data = picture("jpeg", 1500, 1400)
        self.assertGreater(len(data), 200_000)
        query = {"upload": "", "offset": 0, "total": len(data), "name": "pieces.jpg"}
        send = lambda query, body, person=self.person: (lambda a: (a.status, json.loads(a.body)))(person.ask(
            "POST", "/admin/media/pieces?" + urllib.parse.urlencode(query), body, **{"Content-Type": "application/octet-stream"}))
        status, told = send(query, data[:90_000])
        self.assertEqual((status, told["offset"]), (200, 90_000))
        query["upload"] = told["upload"]
        # The answer was lost: the same piece again, then from where it really ends.
        self.assertEqual(send(query, data[:90_000])[0], 409)
        state = self.person.get("/admin/media/pieces/" + told["upload"])
        self.assertEqual(json.loads(state.body)["offset"], 90_000)
        self.assertEqual(send(query | {"offset": 90_001}, data[90_001:])[0], 409)
        self.assertEqual(send(query | {"upload": "../" + told["upload"][3:], "offset": 90_000}, data[90_000:])[0], 404)
        status, told = send(query | {"offset": 90_000}, data[90_000:])
        self.assertEqual(status, 200)
        self.assertRegex(told["done"]["markdown"], r"^!\[\]\(/media/\d{4}/pieces\.jpg\)$")
        self.assertEqual(self.site.get(told["done"]["address"]).status, 200)
        self.assertEqual(pieces(self.person, "x", b"a", total=40 << 20)[0], 422)

    def test_nobody_else_brings_anything(self):
        stranger = Person(self.site)
        self.assertIn(upload(stranger, [("x.txt", b"stranger's words")]).status, (303, 403))
        self.assertNotEqual(upload(stranger, [("x.txt", b"stranger's words" * 400_000)]).status, 200)
        foreign = owner(self.site)
        foreign.headers = {"Sec-Fetch-Site": "cross-site"}
        self.assertEqual(upload(foreign, [("x.txt", b"foreign words")]).status, 403)
        self.assertFalse(any(p.endswith("/x.txt") for p in self.media()))

    def test_replace_and_erase(self):
        answer = upload(self.person, [("lamp.jpg", picture("jpeg", 700, 500))])
        item = answer["Location"].partition("?")[0]
        path = next(p for p in self.media() if p.endswith("lamp.jpg"))
        before = self.site.get("/media/" + path).body
        self.assertEqual(upload(self.person, [("other.txt", b"words")], item + "/replace").status, 422)
        self.assertEqual(upload(self.person, [("other.jpg", picture("jpeg", 640, 400))], item + "/replace").status, 303)
        self.assertNotEqual(self.site.get("/media/" + path).body, before)
        self.site.add(entries=[{"kind": "entry", "status": "published", "slug": "lamp", "title": "Lamp", "date": "2024-05-02T08:00:00Z",
                                "format": "markdown", "body": f"![Lamp](/media/{path})"}])
        page = self.person.get(item).page
        self.assertIn("1 entry uses it", page.one("main").words)
        self.assertIn("so it stays", page.one("main").words)
        token = next(i["value"] for i in page.all("input") if i.get("name") == "token")
        self.assertEqual(self.person.post(item + "/erase", {"token": token}).status, 422)
        self.assertEqual(self.person.post(item + "/erase", {"token": "x"}).status, 403)
        self.assertEqual(self.site.get("/media/" + path).status, 200)
        unused = upload(self.person, [("unused.txt", b"nobody links here")])["Location"].partition("?")[0]
        self.assertEqual(self.person.post(unused + "/erase", {"token": token}).status, 303)
        self.assertFalse(any(p.endswith("unused.txt") for p in self.media()))
        self.assertEqual(self.person.get(unused).status, 404)

    def test_the_library_finds_what_it_holds(self):
        upload(self.person, [("lighthouse.jpg", picture("jpeg", 320, 240))])
        self.assertIn("lighthouse.jpg", self.person.get("/admin/media").page.one("main").words)
        self.assertIn("lighthouse.jpg", self.person.get("/admin/media?q=LIGHTH").page.one("main").words)
        none = self.person.get("/admin/media?q=%3Cnothing%3E").page
        self.assertIn("No file has “<nothing>”", none.one("main").words)
        self.assertIn("lighthouse.jpg", self.person.get("/admin/media?show=undescribed").page.one("main").words)
        listed = json.loads(self.person.get("/admin/media/list?q=lighth").body)["items"]
        self.assertEqual(listed[0]["name"], "lighthouse.jpg")


class BehindNginx(Media, unittest.TestCase):
    def test_the_command_lists_and_finds_what_is_missing(self):
        upload(self.person, [("fog.jpg", picture("jpeg", 321, 240))])
        upload(self.person, [("lost.txt", b"a file that will be lost")])
        lost = next(p for p in self.media() if p.endswith("lost.txt"))
        (pathlib.Path(self.site.home) / "public/media" / lost).unlink()
        page = self.person.get("/admin/write").page
        self.person.send(page, {"title": "Broken", "body": "![x](/media/2001/nowhere.jpg)"}, ("action", "publish"), page.one("#write"))
        def run(*words):
            return subprocess.run([PROGRAM, "media", "--home", self.site.home, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        listed = {item["path"]: item for item in json.loads(run("--json", "list").stdout)}
        fog = next(item for path, item in listed.items() if path.endswith("fog.jpg"))
        self.assertEqual((fog["width"], fog["height"], fog["uses"], fog["alt"]), (321, 240, 0, ""))
        checked = run("--json", "check")
        found = json.loads(checked.stdout)
        self.assertEqual(checked.returncode, 1)
        self.assertEqual(found["missing"], [lost])
        self.assertEqual([b["path"] for b in found["broken"]], ["2001/nowhere.jpg"])
        self.assertIn(fog["path"], found["undescribed"])
        self.assertIn(fog["path"], found["unused"])
        text = run("check").stdout
        self.assertIn("Shown by entries, but not there: 1\n  2001/nowhere.jpg  in /20", text)
        self.assertEqual(run("burn").returncode, 2)

    def test_a_large_upload_costs_bounded_memory(self):
        peaks = {}
        for pid in pathlib.Path("/proc").iterdir():
            if pid.name.isdigit():
                try:
                    if b"serve" in (pid / "cmdline").read_bytes() and str(self.site.home).encode() in (pid / "cmdline").read_bytes():
                        peaks[pid] = 0
                except OSError:
                    pass
        self.assertTrue(peaks)
        data = os.urandom(1 << 20) * 30
        self.assertEqual(upload(self.person, [("large.zip", b"PK\x03\x04" + data)]).status, 303)
        for pid in peaks:
            try:
                status = (pid / "status").read_text()
            except OSError:
                continue
            peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1])
            self.assertLess(peak, 32 * 1024, f"{pid}: {peak} KB")


@unittest.skipUnless(pathlib.Path("/usr/sbin/apache2").exists(), "no Apache")
class UnderCgiBehindApache(Media, unittest.TestCase):
    server, mode = "apache", "cgi"


if __name__ == "__main__":
    unittest.main(verbosity=2)
