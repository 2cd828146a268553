// Leave this page: one press, or Escape three times. The page that was open is replaced in the
// browser's list, so that "back" does not return to it. Without this script the link still leaves.
(function () {
  "use strict";
  var link = document.getElementById("leave");
  if (!link) { return; }
  var presses = 0;
  var last = 0;

  function leave() {
    document.documentElement.hidden = true; // gone from the screen before the next page has loaded
    document.title = "";
    window.location.replace(link.getAttribute("data-to"));
  }

  link.addEventListener("click", function (event) {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" && event.key !== "Esc") { presses = 0; return; }
    var now = Date.now();
    presses = now - last < 2000 ? presses + 1 : 1;
    last = now;
    if (presses >= 3) { leave(); }
  });

  // Coming back with the browser's own button shows the page again.
  window.addEventListener("pageshow", function () { document.documentElement.hidden = false; });
}());
