/* Writing with script: what is typed is kept in this browser at once and on the server every three seconds, and the
   page says so; a toolbar, shortcuts, a count of words, the text as readers will see it. Without it the form works
   the same, saved by its buttons. */
(() => {
  "use strict";
  const form = document.getElementById("write");
  if (!form) return;
  const words = form.dataset;
  const body = form.elements.body;
  const state = document.getElementById("state");
  /* All that is typed or chosen, each under a name of its own. */
  const fields = () => {
    const seen = {};
    return [...form.elements].filter((field) => field.name && !["hidden", "submit", "fieldset"].includes(field.type)).map((field) => {
      const ticked = field.type === "checkbox";
      seen[field.name] = (seen[field.name] || 0) + 1;
      return {key: field.name + "#" + (ticked ? field.value : seen[field.name]), field, at: ticked ? "checked" : "value"};
    });
  };
  const say = (text, link) => {
    state.textContent = text;
    if (link) state.append(" ", Object.assign(document.createElement("a"), {href: words.signIn, target: "_blank", textContent: words.open}));
  };
  const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang, {hour: "numeric", minute: "2-digit"}).format(new Date(at));
  state.setAttribute("role", "status");

  /* This window's name lives as long as the window does, over reloads too. */
  let tab = "";
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
  try {
    tab = sessionStorage.getItem("daybook:tab") || fresh();
    sessionStorage.setItem("daybook:tab", tab);
  } catch { tab = fresh(); }
  form.elements.tab.value = tab;

  /* What lies in this browser may be older than what the server has: a browser that is killed forgets its last seconds. */
  const skew = Date.now() - Number(words.now) * 1000;
  const typed = Number(words.typed) * 1000 + skew;

  /* In this browser. One text for each entry and window; another window's is not touched. */
  const alive = () => { try { localStorage.setItem("daybook:alive:" + tab, String(Date.now())); } catch { /* nothing is kept then */ } };
  const kept = `daybook:text:${form.elements.guid.value}:${tab}`;
  const now = () => Object.fromEntries(fields().map(({key, field, at}) => [key, field[at]]));
  let last = JSON.stringify(now());  // what the server has, as far as this page knows
  const keep = () => {
    try {
      localStorage.setItem(kept, JSON.stringify({at: Date.now(), edition: form.elements.edition.value, path: location.pathname, values: now()}));
      return true;
    } catch { return false; }
  };
  const forget = (key) => { try { localStorage.removeItem(key); } catch { /* nothing is kept then */ } };
  const restore = () => {
    let best = null, key = "";
    try {
      /* A new entry has another name on each page: what was begun on such a page and never reached the server counts too. */
      const is_new = location.pathname.endsWith("/write");
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
        if (!name.startsWith("daybook:text:")) continue;
        const own = name.startsWith(`daybook:text:${form.elements.guid.value}:`);
        const text = JSON.parse(localStorage.getItem(name));
        const other = name.slice(name.lastIndexOf(":") + 1);
        if (other !== tab && Date.now() - Number(localStorage.getItem("daybook:alive:" + other)) < 8000) continue;
        const lost = is_new && text.path === location.pathname;
        if (!own && !lost) continue;
        if (!text.values || JSON.stringify(text.values) === last) { forget(name); i--; continue; }
        if (text.at < typed - 1000) continue;
        if (text.edition === form.elements.edition.value && (!best || text.at > best.at)) { best = text; key = name; }
      }
    } catch { return; }
    if (!best) return;
    fields().forEach(({key, field, at}) => { if (key in best.values) field[at] = best.values[key]; });
    if (key !== kept) { keep(); forget(key); }
    say(words.back.replace("{time}", clock(best.at)));
    changed();
  };

  /* On the server, at most every three seconds while somebody types. */
  let timer = 0, sending = false, away = false;
  const send = async () => {
    timer = 0;
    const text = JSON.stringify(now());
    if (sending || text === last) return;
    if (!form.elements.edition.value && !(form.elements.title.value + body.value).trim()) return;  // nothing to be an entry yet
    sending = true;
    try {
      const answer = await fetch(words.autosave, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: {Accept: "application/json"}, signal: AbortSignal.timeout(15000)});
      if (answer.status === 200) {
        const done = await answer.json();
        last = text;
        if (done.address) {  // its first words made it an entry
          form.elements.edition.value = done.edition;
          form.setAttribute("action", done.address);
          history.replaceState(null, "", done.address);
        }
        keep();
        say(done.saved);
      } else if (answer.status === 401) {
        say(words.out, true);
      } else if (answer.status === 507) {
        say(words.full);
      } else {
        const problem = answer.status === 422 ? (await answer.json()).problem : "";
        say(problem || words.here.replace("{time}", clock(Date.now())));
      }
    } catch {
      say(words.here.replace("{time}", clock(Date.now())));
    }
    sending = false;
    if (JSON.stringify(now()) !== last && !away) timer ||= setTimeout(send, 3000);
  };
  let shown = 0;
  const changed = () => {
    if (!keep()) state.dataset.kept = "no";
    timer ||= setTimeout(send, 2000);
    shown ||= setTimeout(show, 600);
    count();
  };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => { if (!event.submitter?.formTarget) { away = true; keep(); } });
  addEventListener("pagehide", () => { if (JSON.stringify(now()) !== last) keep(); });
  addEventListener("pageshow", () => { away = false; });

  /* Words, tools, shortcuts */
  const tools = document.createElement("p");
  tools.className = "tools";
  const counted = Object.assign(document.createElement("span"), {className: "help"});
  const count = () => { counted.textContent = words.words.replace("{n}", (body.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) || []).length); };
  const put = (before, after, line) => {
    const {selectionStart: start, selectionEnd: end, value} = body;
    body.focus();
    if (line) {
      const from = value.lastIndexOf("\n", start - 1) + 1;
      body.setSelectionRange(from, end);
      document.execCommand("insertText", false, value.slice(from, end).split("\n").map((l) => before + l).join("\n"));
    } else {
      document.execCommand("insertText", false, before + value.slice(start, end) + after);
      body.setSelectionRange(start + before.length, start + before.length + end - start);
    }
  };
  const html = () => form.elements.format.value !== "markdown";
  const acts = [
    () => html() ? put("<strong>", "</strong>") : put("**", "**"),
    () => html() ? put("<em>", "</em>") : put("*", "*"),
    () => html() ? put('<a href="https://">', "</a>") : put("[", "](https://)"),
    () => html() ? put("<h2>", "</h2>") : put("## ", "", true),
    () => html() ? put("<li>", "</li>") : put("- ", "", true),
    () => html() ? put("<blockquote>", "</blockquote>") : put("> ", "", true),
    () => html() ? put("<code>", "</code>") : put("`", "`"),
  ];
  words.tools.split(",").forEach((name, i) => {
    const button = Object.assign(document.createElement("button"), {type: "button", textContent: name});
    button.addEventListener("click", acts[i]);
    tools.append(button);
  });
  const beside = Object.assign(document.createElement("button"), {type: "button", textContent: words.show});
  beside.setAttribute("aria-pressed", "false");
  tools.append(beside, counted);
  body.before(tools);
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const act = {b: 0, i: 1, k: 2}[key];
    if (key === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=save]"));
    } else if (act !== undefined && event.target === body) {
      event.preventDefault();
      acts[act]();
    }
  });

  /* The text as readers will see it, by the same way as theirs */
  const live = Object.assign(document.createElement("div"), {className: "live", hidden: true, tabIndex: 0});
  live.setAttribute("role", "region");
  live.setAttribute("aria-label", words.show);
  body.after(live);
  let asked = 0;
  const show = async () => {
    shown = 0;
    if (live.hidden) return;
    const number = ++asked;
    try {
      const answer = await fetch(words.live, {method: "POST", body: new URLSearchParams(new FormData(form)), headers: {Accept: "application/json"}});
      if (answer.ok && number === asked) live.innerHTML = await answer.text();
    } catch { /* the next change asks again */ }
  };
  beside.addEventListener("click", () => {
    live.hidden = !live.hidden;
    beside.setAttribute("aria-pressed", String(!live.hidden));
    show();
  });

  count();
  restore();
  alive();
  setInterval(alive, 3000);
})();
