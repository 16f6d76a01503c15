#!/usr/bin/env python3
"""A journal whose entries have every hostile payload as title, site, author and excerpt of public references, for the
browser test: prints its address and the entries' paths as JSON, and serves until its input ends."""
import json
import os
import pathlib
import sys

from journal_site import JournalSite, entry

SHARED = pathlib.Path(os.environ.get("DAYBOOK_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared"))
EACH = 250


def main():
    payloads = [json.loads(line)["payload"] for line in (SHARED / "xss/payloads.jsonl").read_text().splitlines() if line.strip()]
    entries = []
    for begin in range(0, len(payloads), EACH):
        references = [{"kind": "response", "via": "webmention", "status": "public", "title": text, "excerpt": text, "author": text,
                       "site_name": text, "site_url": text, "url": f"https://other.example/{begin + number}",
                       "date": "2019-03-04T07:45:00+00:00"} for number, text in enumerate(payloads[begin:begin + EACH])]
        entries.append(entry(f"p{begin}", f"Part {begin}", "2019-03-04T07:45:00+00:00", references=references,
                             path=f"/p{begin}.html"))
    with JournalSite(authors=[{"slug": "ann", "name": "Ann"}], entries=entries) as site:
        print(json.dumps({"root": site.root, "paths": [one["path"] for one in entries],
                          "count": len(payloads)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
