// The first run: the browser knows the zone. Without it the field shows a guess.
(() => {
  "use strict";
  const zone = document.getElementById("zone");
  const language = document.getElementById("language");
  const summary = document.querySelector("summary[data-place]");
  if (!zone || !language || !summary) return;
  const show = () => {
    const values = { language: language.selectedOptions[0].textContent, zone: zone.value };
    summary.textContent = summary.dataset.place.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  };
  const known = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone.dataset.guessed && known) zone.value = known;
  zone.addEventListener("input", show);
  language.addEventListener("change", show);
  show();
})();
