// Copy a passage with its source: selecting text on a reading page shows one button, next in the order of Tab, that
// puts the passage, its citation and the address of its page on the clipboard. Without this script the same
// citation stands at the end of each page.
(function () {
  "use strict";
  var bar = document.createElement("div");
  var button = document.createElement("button");
  var said = document.createElement("p");
  var text = "";
  var waiting = 0;

  bar.className = "quote-bar";
  bar.hidden = true;
  bar.lang = "en-AU";
  button.type = "button";
  button.textContent = "Copy with its source";
  said.setAttribute("role", "status");
  bar.appendChild(button);
  bar.appendChild(said);
  (document.querySelector("article.reading") || document.body).appendChild(bar);

  // What stands between first and last: no open meanings of words, nothing to press, a line for each paragraph.
  function passage(range) {
    var whole = document.createElement("div");
    whole.appendChild(range.cloneContents());
    whole.querySelectorAll(".meaning, .quote, .page-head, .quote-bar").forEach(function (each) { each.remove(); });
    whole.querySelectorAll("p, li, dt, dd, .paragraph").forEach(function (each) { each.append("\n"); });
    return whole.textContent.split("\n").map(function (line) { return line.replace(/\s+/g, " ").trim(); })
      .filter(Boolean).join("\n");
  }

  function holder(node, selector) {
    return (node.nodeType === 1 ? node : node.parentElement).closest(selector);
  }

  function look() {
    var selection = document.getSelection();
    if (bar.contains(document.activeElement)) { return; }
    var range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    var page = range && holder(range.startContainer, "section.page");
    if (!page || holder(range.startContainer, ".quote")) { bar.hidden = true; return; }
    var words = passage(range);
    var source = page.querySelector("[data-source]");
    if (!words || !source) { bar.hidden = true; return; }
    text = "\u201c" + words + "\u201d\n" + source.textContent.trim();
    said.textContent = "";
    // Next in the order of Tab: behind the block in which the selection ends.
    var last = holder(range.endContainer, ".page > *");
    var place = last && last.parentElement !== bar.parentElement ? last : page.lastElementChild;
    if (bar.previousElementSibling !== place) { place.after(bar); }
    bar.hidden = false;
  }

  function copied() { said.textContent = "Copied"; }
  function failed() { said.textContent = "This browser does not let us copy. The source stands below the text, to be copied by hand."; }

  // Where the clipboard may not be written (a page without HTTPS), the way of older browsers.
  function copyAsBefore() {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    bar.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    button.focus();
    if (done) { copied(); } else { failed(); }
  }

  button.addEventListener("click", function () {
    button.focus();
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(copied, copyAsBefore); } else { copyAsBefore(); }
  });
  document.addEventListener("selectionchange", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, 150);
  });
}());
