#!/usr/bin/env python3
"""What writing costs the server with 10,000 entries: CPU of Daybook's processes for the editor page, a save, an autosave and the preview of
5,000 words. WRITING_ENTRIES: another number. Figures are no test on a machine that others use, too: only wrong answers fail."""
import os
import pathlib
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/e2e"))
from admin_site import owner, values_of  # noqa: E402
from journal_site import JournalSite, entry  # noqa: E402

import processes  # noqa: E402

ENTRIES = int(os.environ.get("WRITING_ENTRIES", "10000"))
ROUNDS = 60
TICK = os.sysconf("SC_CLK_TCK")
PROSE = " ".join(f"word{i % 613}" + ("\n\n## Part\n\n" if i % 250 == 249 else "") for i in range(5000))


def cpu(pids):
    """Seconds that they have used."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def main():
    dated = [entry(f"entry-{i}", f"Entry {i}", f"{2006 + i % 20}-{1 + i % 12:02}-{1 + i % 28:02}T10:00:00+00:00",
                   body="<p>" + "Some words of an entry. " * 60 + "</p>", tags=[f"tag {i % 50}"]) for i in range(ENTRIES)]
    with JournalSite(entries=dated, workers=1) as site:
        ada = owner(site)
        pids = [p for process in site.server.processes if "daybook" in str(process.args[0])
                for p in processes.descendants(process.pid)]
        address = ada.get("/admin/entries?q=entry+77").page.one("ul.rows").first("h2").one("a")["href"]

        def measure(what, bound, ask, expect):
            for _ in range(5):
                assert ask().status == expect, what
            began = cpu(pids)
            for _ in range(ROUNDS):
                assert ask().status == expect, what
            spent = (cpu(pids) - began) * 1000 / ROUNDS
            print(f"{what:<40} ≤ {bound:>4.0f} {spent:>8.2f} ms {'' if spent <= bound else 'OVER'}", flush=True)

        def form():
            return dict(values_of(ada.get(address).page.one("#write")))

        state = {"form": form(), "saves": 0}

        def save():
            state["saves"] += 1
            answer = ada.post(address, state["form"] | {"body": f"Saved {state['saves']} times.", "action": "save"})
            state["form"] = form()
            return answer

        text = dict(values_of(ada.get("/admin/write").page.one("#write"))) | {"title": "Long", "body": PROSE}
        measure("editor page", 3, lambda: ada.get(address), 200)
        measure("editor page and save", 6, save, 303)
        typed = form() | {"tab": "a", "body": "Typed. " * 200}
        measure("autosave", 3, lambda: ada.post("/admin/autosave", typed, Accept="application/json"), 200)
        measure("live preview of 5,000 words", 10, lambda: ada.post("/admin/live", text), 200)
        measure("preview page of 5,000 words", 10, lambda: ada.post("/admin/preview", text), 200)
        measure("list of entries", 10, lambda: ada.get("/admin/entries"), 200)
        measure("list of entries by words", 20, lambda: ada.get("/admin/entries?q=entry+99"), 200)


if __name__ == "__main__":
    main()
