// Pictures and files that are chosen, dropped or pasted: sent in pieces that pass every host, and
// put into the text with what they show. Everything here can be done without it, on /admin/media.
(() => {
  "use strict";
  const tool = document.getElementById("media-tool");
  if (!tool || !window.fetch) return;
  const words = tool.dataset;
  const base = new URL(document.currentScript?.src ?? document.querySelector('script[src*="/admin-media."]').src)
    .pathname.replace(/static\/[^/]*$/, "admin/media");
  const kPiece = 96 * 1024;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  // What changes in it is read out; a list alone may not have that role.
  const heard = (list) => {
    const box = make("div", {}, list);
    box.setAttribute("role", "status");
    return box;
  };
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

  // One file, piece by piece; what breaks off goes on where the server says that it ended.
  async function send(file, told) {
    let upload = "", offset = 0, tries = 0;
    for (;;) {
      const query = new URLSearchParams({ upload, offset, total: file.size, name: file.name || "picture.png" });
      let answer, json;
      try {
        answer = await fetch(`${base}/pieces?${query}`, {
          method: "POST", body: file.slice(offset, offset + kPiece), headers: { "Content-Type": "application/octet-stream" },
        });
        json = await answer.json();
      } catch {
        answer = null;
      }
      if (!answer || answer.status >= 500 && answer.status !== 507) {
        if (++tries > 5) throw new Error(say(words.failed, { name: file.name }));
        await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
        continue;
      }
      if (json.error) throw new Error(json.error);
      if (json.done) return json.done;
      if (!answer.ok && answer.status !== 409) throw new Error(say(words.failed, { name: file.name }));
      if (answer.status === 409 && ++tries > 5) throw new Error(say(words.failed, { name: file.name }));
      if (answer.ok) tries = 0;
      upload = json.upload;
      offset = json.offset;
      told(Math.floor(offset * 100 / Math.max(1, file.size)));
    }
  }

  // One line for each file on its way, read out when it changes much.
  async function sendAll(files, list, each) {
    for (const file of files) {
      const line = make("li", { textContent: say(words.sending, { name: file.name, n: 0 }) });
      list.append(line);
      try {
        const done = await send(file, (n) => { line.textContent = say(words.sending, { name: file.name, n }); });
        line.remove();
        await each(done);
      } catch (failure) {
        line.textContent = failure.message;
        line.className = "error";
      }
    }
  }

  const filesOf = (transfer) => [...(transfer?.files ?? [])];
  function takesFiles(element, take) {
    element.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      element.classList.add("over");
    });
    element.addEventListener("dragleave", () => element.classList.remove("over"));
    element.addEventListener("drop", (event) => {
      element.classList.remove("over");
      const files = filesOf(event.dataTransfer);
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    });
    element.addEventListener("paste", (event) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      take(files);
    });
  }

  // The library's own form.
  const form = document.getElementById("media-upload");
  if (form) {
    const list = make("ul", { className: "sent" });
    form.append(heard(list));
    const take = async (files) => {
      const taken = [];
      await sendAll(files, list, (done) => taken.push(done));
      if (list.querySelector(".error") || taken.length === 0) return;
      location.href = taken.length === 1 ? `${taken[0].page}?${taken[0].known ? "known" : "new"}=1` : `${base}?added=${taken.length}`;
    };
    form.addEventListener("submit", (event) => {
      const files = [...form.querySelector("[type=file]").files];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    });
    takesFiles(document.body, take);
  }

  // The editor.
  const area = document.querySelector("form.write textarea[name=body]");
  if (!area) return;
  const isHtml = () => {
    const format = document.querySelector("form.write [name=format]");
    return Boolean(format) && /html/i.test(format.selectedOptions?.[0]?.value ?? format.value);
  };
  const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  function textFor(media, alt) {
    if (isHtml()) {
      if (!media.picture) return `<a href="${media.address}">${escape(alt || media.name)}</a>`;
      return `<img src="${media.address}" alt="${escape(alt)}">`;
    }
    const plain = (alt || (media.picture ? "" : media.name)).replace(/[[\]\\`*_<]/g, "\\$&");
    return `${media.picture ? "!" : ""}[${plain}](${media.address})`;
  }
  function insert(text) {
    area.focus();
    // So that undo takes it back, and whoever listens to the text hears of it.
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const dialog = make("dialog", {});
  dialog.setAttribute("aria-label", words.pick);
  document.body.append(dialog);
  let place = [0, 0];
  const close = () => dialog.close();
  dialog.addEventListener("close", () => {
    area.focus();
    area.setSelectionRange(...place);
  });

  // What it shows is asked for before it goes into the text.
  function describe(media) {
    return new Promise((done) => {
      const alt = make("textarea", { id: "pick-alt", rows: 2, value: media.alt });
      alt.setAttribute("aria-describedby", "pick-alt-help");
      const ask = make("form", { className: "fields", method: "dialog" },
        make("p", {}, make("img", { src: media.thumb, alt: "", className: "picked" })),
        make("p", { className: "field" }, make("label", { htmlFor: "pick-alt", textContent: words.alt }),
          make("span", { className: "help", id: "pick-alt-help", textContent: words.altHelp }), alt),
        make("p", { className: "buttons" }, make("button", { className: "primary", textContent: words.insert }),
          make("button", { type: "button", textContent: words.close, onclick: close })));
      dialog.replaceChildren(ask);
      if (!dialog.open) dialog.showModal();
      let told = null;
      ask.addEventListener("submit", () => { told = alt.value.trim(); });
      dialog.addEventListener("close", () => {
        if (told !== null) insert(textFor(media, told));
        if (told && told !== media.alt) {
          fetch(media.page, { method: "POST", body: new URLSearchParams({ alt: told, title: media.title ?? "", caption: media.caption ?? "" }) });
        }
        done();
      }, { once: true });
      alt.focus();
    });
  }
  const put = (media) => media.picture ? describe(media) : insert(textFor(media, media.alt));

  const sent = make("ul", { className: "sent" });
  const take = (files) => {
    place = [area.selectionStart, area.selectionEnd];
    return sendAll(files, sent, put);
  };
  takesFiles(area, take);

  async function list(tiles, typed) {
    const answer = await fetch(`${base}/list?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) return;
    const { items } = await answer.json();
    tiles.replaceChildren(...items.map((media) => make("li", {}, make("button", { type: "button", onclick: () => put(media) },
      media.picture ? make("img", { src: media.thumb, alt: "", loading: "lazy" }) : "", make("span", { className: "name", textContent: media.alt || media.name })))));
    if (items.length === 0) tiles.replaceChildren(make("li", { textContent: words.none }));
  }
  function pick() {
    place = [area.selectionStart, area.selectionEnd];
    const tiles = make("ul", { className: "tiles" });
    const find = make("input", { type: "search", id: "pick-find" });
    const file = make("input", { type: "file", id: "pick-file", multiple: true });
    let timer = 0;
    find.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => list(tiles, find.value), 250);
    });
    file.addEventListener("change", () => {
      const files = [...file.files];
      close();
      take(files);
    });
    dialog.replaceChildren(make("div", { className: "fields" },
      make("p", { className: "field" }, make("label", { htmlFor: "pick-file", textContent: words.add }), file),
      make("p", { className: "field" }, make("label", { htmlFor: "pick-find", textContent: words.find }), find)),
      tiles, make("p", { className: "buttons" }, make("button", { type: "button", textContent: words.close, onclick: close })));
    dialog.showModal();
    file.focus();
    list(tiles, "");
  }
  area.after(make("p", { className: "buttons" }, make("button", { type: "button", textContent: words.pick, onclick: pick })), heard(sent));
})();
