// Keys for the queue: j and k move, x chooses, a, s and d decide about what is chosen or stands there, u undoes. Everything
// here is a form that works without it. Each key can be turned off with all others (? tells), as some people speak to their
// browsers and their words are keys.
(() => {
  "use strict";
  const form = document.getElementById("queue");
  const undo = document.getElementById("undo");
  const dialog = document.getElementById("keys");
  const items = form ? [...form.querySelectorAll(".queue > li")] : [];
  const kOff = "daybook-keys-off";
  const acts = { a: "approve", s: "spam", d: "delete" };

  const store = (value) => {
    try {
      if (value === undefined) return localStorage.getItem(kOff) !== null;
      value ? localStorage.setItem(kOff, "1") : localStorage.removeItem(kOff);
    } catch { /* a browser that keeps nothing has the keys */ }
    return value ?? false;
  };

  const here = () => items.findIndex((item) => item.contains(document.activeElement));
  function move(by) {
    const at = here();
    const to = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1)];
    if (!to) return;
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }
  const boxOf = (item) => item.querySelector("input[type=checkbox]");
  function decide(act) {
    const chosen = items.some((item) => boxOf(item).checked);
    const at = here();
    const button = chosen
      ? form.querySelector(`.bulk [value="${act}"]`)
      : at >= 0 && items[at].querySelector(`[name=one][value^="${act} "]`);
    if (button) button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    const field = event.target.closest("input, textarea, select");
    if (field && field.type !== "checkbox") return;
    if (event.key === "?") dialog.showModal();
    else if (store()) return;
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "x" && here() >= 0) boxOf(items[here()]).click();
    else if (event.key === "u" && undo) undo.querySelector("button").click();
    else if (form && acts[event.key]) decide(acts[event.key]);
    else return;
    event.preventDefault();
  });

  const open = document.getElementById("keys-open");
  open.hidden = false;
  open.addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-close").addEventListener("click", () => dialog.close());
  const on = document.getElementById("keys-on");
  on.checked = !store();
  on.addEventListener("change", () => store(!on.checked));

  if (form) {
    document.getElementById("all-line").hidden = false;
    const all = document.getElementById("all");
    all.addEventListener("change", () => items.forEach((item) => { boxOf(item).checked = all.checked; }));
    form.addEventListener("change", () => {
      const chosen = items.filter((item) => boxOf(item).checked).length;
      all.checked = chosen === items.length;
      all.indeterminate = chosen > 0 && chosen < items.length;
    });
  }
})();
