// Spares a step where scripts run; the forms work without. Fetches a form's signature at the first focus.
(function () {
  "use strict";
  var form = document.querySelector("form[data-stamp]");
  if (!form || !window.fetch) return;
  var signature = form.elements.signature;
  var asked = false;
  form.addEventListener("focusin", function () {
    if (asked || signature.value) return;
    asked = true;
    fetch(form.getAttribute("data-stamp"), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) { if (!signature.value) signature.value = text; })
      .catch(function () { asked = false; });
  });
})();
