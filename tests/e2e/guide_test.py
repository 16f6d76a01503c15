#!/usr/bin/env python3
"""What README.md and the guide say is there: files, pictures, commands of the program and their options."""
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build")) / "daybook"
PAGES = [SOURCE / "README.md", *sorted((SOURCE / "nginx").rglob("*.md"))]


class Guide(unittest.TestCase):
    def test_every_link_and_picture_leads_somewhere(self):
        seen = 0
        for page in PAGES:
            for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
                self.assertTrue((page.parent / target).is_file(), f"{page.name}: {target}")
                seen += 1
        self.assertGreater(seen, 15)

    def test_every_picture_is_shown(self):
        shown = " ".join(page.read_text() for page in PAGES)
        self.assertEqual([p.name for p in (SOURCE / "nginx/guide").glob("*.png") if f"({p.name})" not in shown], [])

    def test_every_command_and_option_is_known_to_the_program(self):
        helps, seen = {}, 0
        for page in PAGES:
            for line in re.findall(r"(?:^|[` &])(daybook [a-z]+ [^`\n]*)", page.read_text(), re.M):
                command, rest = line.split()[1], line.partition("#")[0]
                if "--home" not in rest:
                    continue
                if command not in helps:
                    run = subprocess.run([PROGRAM, "help", command], text=True, stdout=subprocess.PIPE, check=False)
                    self.assertEqual(run.returncode, 0, f"{page.name}: {line}")
                    helps[command] = run.stdout
                for option in re.findall(r"--[a-z-]+", rest.partition("&&")[0]):
                    self.assertTrue(option in helps[command] or option == "--home", f"{page.name}: {line}")
                seen += 1
        self.assertGreater(seen, 15)


if __name__ == "__main__":
    unittest.main()
