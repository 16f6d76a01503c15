// Spares a step and some typing where scripts run; the form works without. Fetches the form's signature at the first
// focus, remembers name and addresses in this browser until they are forgotten, and answers a comment without a new page.
(function () {
  "use strict";
  var KEY = "daybook-commenter";
  var SENT = "daybook-sent";  // not remembered before the server took it
  var FIELDS = ["author", "email", "url"];

  function read(store, key) {
    try { return JSON.parse(window[store].getItem(key)) || null; } catch (error) { return null; }
  }
  function write(store, key, values) {
    try {
      if (values) window[store].setItem(key, JSON.stringify(values));
      else window[store].removeItem(key);
    } catch (error) { /* private browsing: nothing is kept */ }
  }
  function isFilled(values) {
    return FIELDS.some(function (name) { return values && typeof values[name] === "string" && values[name] !== ""; });
  }

  var sent = read("sessionStorage", SENT);
  if (sent) {
    write("sessionStorage", SENT, null);
    if (document.querySelector("[data-posted], #comment-preview")) write("localStorage", KEY, isFilled(sent) ? sent : null);
  }

  var form = document.querySelector("form[data-sign]");
  if (!form || !window.fetch) return;
  var signature = form.elements.signature;
  var parent = form.elements.parent;
  var buttons = form.querySelector(".buttons");
  var forget = null;
  var replying = null;
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
  function button(words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = form.getAttribute(words);
    made.addEventListener("click", act);
    return made;
  }

  var details = read("localStorage", KEY);
  if (isFilled(details)) {
    FIELDS.forEach(function (name) {
      var field = form.elements[name];
      if (!field.value && typeof details[name] === "string") field.value = details[name];
    });
    if (buttons) {
      forget = button("data-forget", function () {
        write("localStorage", KEY, null);
        FIELDS.forEach(function (name) { form.elements[name].value = ""; });
        forget.remove();
        form.elements.author.focus();
      });
      forget.id = "c-forget";
      buttons.append(" ", forget);
    }
  }
  form.addEventListener("focusin", sign);
  form.addEventListener("submit", function () {
    var values = {};
    FIELDS.forEach(function (name) { values[name] = form.elements[name].value; });
    write("sessionStorage", SENT, values);
  });

  // Above the fields: whom one answers, and the way out of it.
  function showReplying() {
    if (!replying) {
      replying = document.createElement("p");
      replying.className = "hint replying";
      replying.id = "c-replying";
      replying.append(document.createElement("a"), " ", button("data-stop", function () {
        parent.value = "";
        replying.remove();
        form.elements.post.focus();
      }));
    }
    form.insertBefore(replying, form.querySelector(".field"));
    return replying.querySelector("a");
  }

  function linkOf(event, within) {
    var link = event.target.closest ? event.target.closest(within) : null;
    return !link || event.ctrlKey || event.metaKey || event.shiftKey || event.button ? null : link;
  }

  // The form for a response on one's own website takes this one's place; what was typed here waits for the way back.
  var own = form.closest("section");
  var other = null;
  function show(wanted, rest) {
    rest.hidden = true;
    rest.removeAttribute("id");
    wanted.hidden = false;
    wanted.id = "post";
    var first = wanted.querySelector("form .field input, form .field textarea");
    if (first) first.focus();
  }
  own.addEventListener("click", function (event) {
    var link = linkOf(event, "a[data-swap]");
    if (!link) return;
    event.preventDefault();
    if (other) return show(other, own);
    fetch(link.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) {
        other = new DOMParser().parseFromString(text, "text/html").querySelector("section.post");
        if (!other) throw new Error("no form");
        other = document.importNode(other, true);
        own.after(other);
        other.addEventListener("click", function (back) {
          if (!linkOf(back, "a[data-swap]")) return;
          back.preventDefault();
          show(own, other);
        });
        show(other, own);
      })
      .catch(function () { location.href = link.href; });
  });

  document.addEventListener("click", function (event) {
    var link = linkOf(event, "a.reply");
    if (!link) return;
    var match = /[?&]reply=(\d+)/.exec(link.getAttribute("href"));
    if (!match) return;
    event.preventDefault();
    parent.value = match[1];
    var back = showReplying();
    back.textContent = link.textContent;
    back.setAttribute("href", "#comment-" + match[1]);
    (form.elements.author.value ? form.elements.post : form.elements.author).focus();
  });
})();
