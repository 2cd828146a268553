// While somebody types, the browser's own list of suggestions is filled with topics, glossary words and
// titles. Without this script, or while the line is slow, the box is an ordinary search box.
(function () {
  "use strict";
  if (!window.fetch || !window.AbortController) { return; }
  var WAIT = 150; // milliseconds without a key before we ask
  var NOTES = /[?&]notes=hide(&|$)/.test(window.location.search) ? "&notes=hide" : ""; // as this page was asked for
  var boxes = document.querySelectorAll("input[type=search][data-suggest]");

  function attach(box, number) {
    var list = document.createElement("datalist");
    var timer = 0;
    var asked = null;
    var shown = "";
    list.id = "suggestions-" + number;
    box.parentNode.appendChild(list);
    box.setAttribute("list", list.id);

    function show(labels) {
      list.textContent = "";
      labels.forEach(function (label) {
        var option = document.createElement("option");
        option.value = label;
        list.appendChild(option);
      });
    }

    function ask() {
      var words = box.value.trim();
      if (words === shown) { return; }
      if (asked) { asked.abort(); }
      shown = words;
      if (words.length < 2) { show([]); return; }
      asked = new AbortController();
      fetch(box.getAttribute("data-suggest") + "?q=" + encodeURIComponent(words) + NOTES, { signal: asked.signal })
        .then(function (answer) { return answer.ok ? answer.json() : []; })
        .then(show)
        .catch(function () { shown = ""; }); // the line is slow or gone: asked again at the next key
    }

    box.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
  }

  Array.prototype.forEach.call(boxes, attach);
}());
