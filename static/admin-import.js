// Imports: an export is sent in pieces that pass every host, and how far an import is shows by
// itself. Without script a form sends the file, and the page is loaded again and again.
(() => {
  "use strict";
  const form = document.getElementById("import-upload");
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  if (form && window.fetch) {
    const words = form.dataset;
    const state = document.getElementById("export-state");
    const kPiece = 96 * 1024;
    const send = async (file) => {
      let upload = "", offset = 0, tries = 0;
      for (;;) {
        const query = new URLSearchParams({ upload, offset, total: file.size, name: file.name });
        let answer, json;
        try {
          answer = await fetch(`${words.pieces}?${query}`, {
            method: "POST", body: file.slice(offset, offset + kPiece), headers: { "Content-Type": "application/octet-stream" },
          });
          json = await answer.json();
        } catch {
          answer = null;
        }
        if (answer && json.error) throw new Error(json.error);
        if (answer && json.done) return;
        if (answer?.ok) {
          tries = 0;
        } else if (++tries > 6) {
          throw new Error(say(words.failed, { name: file.name }));
        } else if (answer?.status !== 409) {
          await pause(500 * 2 ** tries);
          continue;
        }
        upload = json.upload;
        offset = json.offset;
        state.textContent = say(words.sending, { name: file.name, n: Math.floor(offset * 100 / file.size) });
      }
    };
    form.addEventListener("submit", async (event) => {
      const file = form.querySelector("[type=file]").files[0];
      if (!file || file.size === 0) return;
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        await send(file);
        const back = new URL(location.href);
        back.searchParams.set("added", file.name);
        location.replace(back);
      } catch (failure) {
        state.textContent = failure.message;
        state.className = "error";
        button.disabled = false;
      }
    });
  }

  const running = document.getElementById("import");
  if (running && window.fetch) {
    const what = document.getElementById("import-what");
    const bar = document.getElementById("import-bar");
    (async () => {
      for (let lost = 0; lost < 60;) {
        await pause(1500);
        try {
          const answer = await fetch(running.dataset.state, { headers: { Accept: "application/json" }, cache: "no-store" });
          if (!answer.ok) break;
          const json = await answer.json();
          if (!json.running) break;
          if (what.textContent !== json.what) what.textContent = json.what;
          if (json.total > 0) {
            bar.max = json.total;
            bar.value = json.done;
          }
          lost = 0;
        } catch {
          ++lost;
        }
      }
      location.reload();
    })();
  }
})();
