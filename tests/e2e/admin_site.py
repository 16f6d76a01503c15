"""Somebody at the owner's side, with a browser that runs no script: cookies, forms, what a page says."""
import re
import urllib.parse

from journal_site import Client, SOURCE

SAME = {"Sec-Fetch-Site": "same-origin"}
OWNER = ("ada@example.org", "a long password")  # of every JournalSite


def values_of(form):
    """What a form would send if nobody touched it, without its buttons."""
    values = []
    for element in form.walk():
        name, kind = element.get("name"), element.get("type")
        if not name or "disabled" in element.attributes:
            continue
        if element.tag == "input" and kind not in ("submit", "file"):
            if kind not in ("checkbox", "radio") or "checked" in element.attributes:
                values.append((name, element.get("value", "on" if kind in ("checkbox", "radio") else "")))
        elif element.tag == "textarea":
            values.append((name, element.text.removeprefix("\n")))
        elif element.tag == "select":
            options = element.all("option")
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            values += [(name, o.get("value", o.words)) for o in chosen]
    return values


class Person:
    """One browser. `headers`: what it says of where a form was sent from."""

    def __init__(self, site, headers=None):
        self.site, self.headers, self.cookies = site, dict(SAME if headers is None else headers), {}

    def ask(self, method, address, body=None, **headers):
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        address = address.removeprefix(self.site.origin)
        client = Client(self.site.port)
        answer = client.ask(method, address, self.headers | headers, body)
        client.connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "max-age=0" in cookie.lower().replace(" ", "") or not value:
                del self.cookies[name]
        return answer

    def get(self, path):
        return self.ask("GET", self.site.prefix + path)

    def post(self, address, values, **headers):
        """Values as a dictionary or as pairs; the address as a form has it."""
        body = urllib.parse.urlencode(values).encode()
        return self.ask("POST", address, body, **{"Content-Type": "application/x-www-form-urlencoded"} | headers)

    def send(self, page, changes=None, button=None, form=None):
        """Fills in the first form of main (or the one given) and presses a button: (name, value)."""
        form = form or page.one("main").first("form")
        values = [(k, v) for k, v in values_of(form) if k not in (changes or {})]
        for name, value in (changes or {}).items():
            values += [(name, v) for v in value] if isinstance(value, list) else [] if value is None else [(name, value)]
        return self.post(form["action"], values + ([button] if button else []))

    def sign_in(self, name=OWNER[0], password=OWNER[1], next_page=None):
        path = "/admin/sign-in" + ("?next=" + urllib.parse.quote(next_page) if next_page else "")
        return self.send(self.get(path).page, {"name": name, "password": password})


def owner(site):
    person = Person(site)
    answer = person.sign_in()
    assert answer.status == 303 and person.cookies, (answer.status, answer.text)
    return person


def routes():
    """(method, pattern, least role) of every address of the owner's side, as its table has them."""
    table = (SOURCE / "handlers/admin/routes.cc").read_text()
    rows = re.findall(r'\{k(Get|Post),\s*"([^"]+)",\s*\w+,\s*Least::k(\w+)', table)
    assert len(rows) == table.count("Least::k") and rows, "a row that is written otherwise"
    return [(method.upper(), pattern, least) for method, pattern, least in rows]
