// Spares a step and some typing where scripts run; the form works without. Fetches the form's signature at the first
// focus, remembers name and addresses in this browser until they are forgotten, and answers a comment without a new page.
(function () {
  "use strict";
  var form = document.querySelector("form[data-sign]");
  if (!form || !window.fetch) return;
  var KEY = "daybook-commenter";
  var FIELDS = ["author", "email", "url"];
  var signature = form.elements.signature;
  var parent = form.elements.parent;
  var forget = document.getElementById("c-forget");
  var replying = document.getElementById("c-replying");
  var signing = false;

  function sign() {
    if (signing || signature.value) return;
    signing = true;
    fetch(form.getAttribute("data-sign"), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) { if (!signature.value) signature.value = text; })
      .catch(function () {})
      .then(function () { signing = false; });
  }

  function remembered() {
    try { return JSON.parse(localStorage.getItem(KEY)) || null; } catch (error) { return null; }
  }
  function showForget() {
    if (forget) forget.hidden = !remembered();
  }

  var details = remembered();
  if (details) {
    FIELDS.forEach(function (name) {
      var field = form.elements[name];
      if (!field.value && typeof details[name] === "string") field.value = details[name];
    });
  }
  showForget();
  form.addEventListener("focusin", sign);
  form.addEventListener("submit", function () {
    var values = {};
    FIELDS.forEach(function (name) { values[name] = form.elements[name].value; });
    try { localStorage.setItem(KEY, JSON.stringify(values)); } catch (error) { /* private browsing: nothing is kept */ }
  });
  if (forget) {
    forget.addEventListener("click", function () {
      try { localStorage.removeItem(KEY); } catch (error) { /* nothing was kept */ }
      FIELDS.forEach(function (name) { form.elements[name].value = ""; });
      showForget();
      form.elements.author.focus();
    });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a.reply") : null;
    if (!link || !replying || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    var match = /[?&]reply=(\d+)/.exec(link.getAttribute("href"));
    if (!match) return;
    event.preventDefault();
    parent.value = match[1];
    var back = replying.querySelector("a");
    back.textContent = link.textContent;
    back.setAttribute("href", "#comment-" + match[1]);
    replying.hidden = false;
    (form.elements.author.value ? form.elements.post : form.elements.author).focus();
  });
  if (replying) {
    replying.querySelector("button").addEventListener("click", function () {
      parent.value = "";
      replying.hidden = true;
      form.elements.post.focus();
    });
  }
})();
