// Search in a copy of the library that has no server. The index lies beside this page as scripts of data, since a page
// opened from a folder may load nothing else: `meta`, words by how they begin, and cards by the hundred. Each calls one
// of the functions of `library` below. Only the files that a question needs are loaded.
(function () {
  "use strict";
  var FOLDER = "search-index/";
  var AT_ONCE = 20;
  var OTHER_WORDS = 0.3; // what another word for the same counts, as on the site
  var MOST_WORDS = 30; // bits of a whole number
  var meta = null;
  var stems = {};
  var rows = {};
  var cards = {};
  var loaded = {};

  window.library = {
    meta: function (said) { meta = said; },
    words: function (name, known, found) { copy(known, stems); copy(found, rows); },
    cards: function (number, some) { cards[number] = some; }
  };

  function copy(from, to) {
    Object.keys(from).forEach(function (key) { to["$" + key] = from[key]; });
  }

  // Loads every file of `names` that was not loaded before, then calls `then`. A file that is not there has no words.
  function load(names, then) {
    var waiting = 1;
    function done() { waiting -= 1; if (!waiting) { then(); } }
    names.forEach(function (name) {
      if (loaded[name]) { return; }
      loaded[name] = true;
      waiting += 1;
      var script = document.createElement("script");
      script.src = FOLDER + name + ".js";
      script.onload = done;
      script.onerror = done;
      document.head.appendChild(script);
    });
    done();
  }

  function fileOf(word) {
    return /^[a-z0-9]{2}/.test(word) ? "words-" + word.slice(0, 2)
      : /^[a-z0-9]$/.test(word) ? "words-" + word : "words-u" + word.codePointAt(0).toString(16);
  }

  function folded(text) {
    return text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u00ad]/g, "").normalize("NFC");
  }

  // The number of a certificate, level or part is in digits, however it is written: Cert IV, certificate four.
  var COUNTED = /^(cert|certificate|level|module|part|stage|step|unit|chapter|volume|vol|section|phase|tier|grade|type|year)s?$/;
  var DIGITS = {};
  ["i one", "ii two", "iii three", "iv four", "v five", "vi six", "vii seven", "viii eight", "ix nine"].forEach(
    function (names, before) { names.split(" ").forEach(function (name) { DIGITS[name] = String(before + 1); }); }
  );

  function wordsOf(text) {
    var found = folded(text).replace(/[’ʼ＇]/g, "'").match(/[\u3040-\u30ff\u3400-\u9fff]|[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) || [];
    found = found.map(function (word) { return word.replace(/'s$/, "").replace(/'/g, ""); });
    return found.map(function (word, place) { return place && COUNTED.test(found[place - 1]) ? DIGITS[word] || word : word; });
  }

  // The words that say something; all of them where none does.
  function asked(text) {
    var every = wordsOf(text);
    var some = every.filter(function (word) { return meta.stop.indexOf(word) < 0; });
    return (some.length ? some : every).slice(0, MOST_WORDS);
  }

  function spread(gaps) {
    var at = 0;
    return gaps.map(function (gap) { at += gap; return at; });
  }

  // Number of each document that has `stem`, to what its answer counts.
  function having(stem) {
    var row = rows["$" + stem] || [];
    var found = {};
    var at = 0;
    for (var place = 0; place < row.length; place += 2) {
      at += row[place];
      found[at] = row[place + 1];
    }
    return found;
  }

  // Where the words asked for are a term that has other words: first and last place, and those words.
  function bridges(row) {
    var found = [];
    for (var at = 0; at < row.length; at += 1) {
      for (var end = row.length; end > at; end -= 1) {
        var others = meta.bridge[row.slice(at, end).join(" ")];
        if (others && (row.length < 5 || end - at > 1)) {
          found.push({ start: at, end: end, others: others });
          at = end - 1;
          break;
        }
      }
    }
    return found;
  }

  function bits(number) {
    var count = 0;
    for (; number; number &= number - 1) { count += 1; }
    return count;
  }

  // Documents in the order in which they answer: most of the words first, then best, then newest.
  function answer(words, chosen) {
    var row = words.map(function (word) { return stems["$" + word] || word; });
    var score = {};
    var has = {};
    function count(number, worth, mask) {
      score[number] = (score[number] || 0) + worth;
      has[number] = (has[number] || 0) | mask;
    }
    row.forEach(function (stem, place) {
      var found = having(stem);
      Object.keys(found).forEach(function (number) { count(number, found[number], 1 << place); });
    });
    var also = [];
    bridges(row).forEach(function (span) {
      var mask = 0;
      for (var place = span.start; place < span.end; place += 1) { mask |= 1 << place; }
      span.others.forEach(function (other) {
        var sets = other.slice(1).map(having);
        also.push(other[0]);
        Object.keys(sets[0]).forEach(function (number) {
          var whole = sets.every(function (set) { return number in set; });
          var worth = sets.reduce(function (sum, set) { return sum + (set[number] || 0); }, 0);
          if (whole) { count(number, OTHER_WORDS * worth, mask); }
        });
      });
    });
    var numbers = words.length ? Object.keys(score).map(Number) : range(meta.documents);
    numbers = numbers.filter(function (number) { return allowed(number, chosen); });
    if (words.length && chosen.sort !== "newest") {
      numbers.sort(function (one, other) {
        return bits(has[other]) - bits(has[one]) || score[other] - score[one] || one - other;
      });
    } else {
      numbers.sort(function (one, other) { return one - other; });
    }
    var whole = numbers.filter(function (number) { return bits(has[number] || 0) === words.length; }).length;
    return { numbers: numbers, whole: whole, also: also };
  }

  function range(length) {
    var found = [];
    for (var number = 0; number < length; number += 1) { found.push(number); }
    return found;
  }

  function allowed(number, chosen) {
    return Object.keys(chosen.sets).every(function (name) { return chosen.sets[name][number]; });
  }

  function choices(asking) {
    var found = { sort: asking.get("sort"), sets: {}, values: [] };
    ["audience", "kind", "form", "topic"].forEach(function (name) {
      var values = asking.getAll(name).filter(Boolean);
      if (!values.length) { return; }
      found.sets[name] = {};
      values.forEach(function (value) {
        found.values.push({ name: name, value: value });
        spread((meta.facets[name] || {})[value] || []).forEach(function (number) { found.sets[name][number] = true; });
      });
    });
    return found;
  }

  var SHORT = { cannot: "cant", wanna: "want to", gonna: "going to" };
  var AS_ONE = { "my self": "myself", "do not": "dont", "can not": "cant", "could not": "couldnt", "i am": "im" };

  // Whether the words suggest that somebody may need help now, as the site reads them where they are spelt right.
  function suggestsCrisis(text) {
    var said = [];
    var plain = text.replace(/['’‘‛ʼʹ′`´＇]/g, "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    (plain.match(/[\p{L}\p{N}]+/gu) || []).forEach(function (word) {
      (SHORT[word] || word).split(" ").forEach(function (part) {
        var two = said.length && AS_ONE[said[said.length - 1] + " " + part];
        if (two) { said[said.length - 1] = two; } else { said.push(part); }
      });
    });
    var whole = " " + said.join(" ") + " ";
    return meta.crisis.some(function (phrase) {
      var wanted = " " + phrase.slice(1).join(" ") + " ";
      return phrase[0] ? whole === wanted : whole.indexOf(wanted) >= 0;
    });
  }

  function element(tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text) { made.textContent = text; made.dir = "auto"; }
    return made;
  }

  function shown(card) {
    var item = element("li");
    var article = element("article", "card");
    var title = element("h2", "card-title");
    var link = element("a", "", card.title);
    link.href = card.address;
    title.appendChild(link);
    article.appendChild(element("p", "kind", card.kind || "Resource"));
    article.appendChild(title);
    if (card.by) { article.appendChild(element("p", "by-line", card.by)); }
    if (card.notes) { article.appendChild(element("p", "content-note", "Content note: " + card.notes)); }
    if (card.summary) { article.appendChild(element("p", "summary", card.summary)); }
    var facts = element("dl", "facts");
    [["For", card["for"]], ["Comes as", card.forms]].forEach(function (fact) {
      if (fact[1]) { facts.appendChild(element("dt", "", fact[0])); facts.appendChild(element("dd", "", fact[1])); }
    });
    article.appendChild(facts);
    item.appendChild(article);
    return item;
  }

  function byId(id) { return document.getElementById(id); }

  function say(found, words, text) {
    var count = found.numbers.length;
    var said = count === 1 ? "1 resource" : count + " resources";
    if (!count) {
      said = "Nothing found this time. That is about our shelves, not about your words: try fewer words, or a simpler one.";
    } else if (words.length > 1 && !found.whole) {
      said += ". None has all of these words. These have some of them.";
    }
    byId("how-many").textContent = said;
    if (found.also.length && count) {
      byId("also").hidden = false;
      byId("also").textContent = "We also searched for " + found.also.slice(0, 5).map(function (word) { return "“" + word + "”"; }).join(", ") + ".";
    }
    if (text) { document.title = "Search: " + text + " – " + document.title; }
  }

  function showChosen(chosen, asking) {
    var labels = JSON.parse(byId("found").getAttribute("data-labels"));
    var list = byId("chosen");
    chosen.values.filter(function (each) { return each.name !== "audience"; }).forEach(function (each) {
      var without = new URLSearchParams();
      asking.forEach(function (value, name) {
        if (name !== each.name || value !== each.value) { without.append(name, value); }
      });
      var item = element("li");
      var link = element("a", "", (labels[each.name] || {})[each.value] || each.value.replace(/-/g, " "));
      link.insertBefore(element("span", "unseen", "Remove "), link.firstChild);
      link.appendChild(element("span", "cross", "×"));
      link.href = "?" + without;
      item.appendChild(link);
      list.appendChild(item);
      list.hidden = false;
    });
  }

  function show(found, from) {
    var some = found.numbers.slice(from, from + AT_ONCE);
    var files = some.map(function (number) { return "cards-" + Math.floor(number / meta.chunk); });
    load(files, function () {
      var first = null;
      some.forEach(function (number) {
        var item = shown(cards[Math.floor(number / meta.chunk)][number % meta.chunk]);
        first = first || item;
        byId("list").appendChild(item);
      });
      var more = byId("more");
      more.hidden = from + AT_ONCE >= found.numbers.length;
      more.onclick = function () { show(found, from + AT_ONCE); };
      if (from && first) { first.querySelector("a").focus(); }
    });
  }

  function begin() {
    var asking = new URLSearchParams(window.location.search);
    var text = (asking.get("q") || "").slice(0, 300);
    var chosen = choices(asking);
    var words = asked(text);
    byId("q").value = text;
    asking.getAll("audience").forEach(function (value) {
      Array.prototype.forEach.call(document.getElementsByName("audience"), function (box) {
        if (box.value === value) { box.checked = true; }
      });
    });
    if (!text && !chosen.values.length && !chosen.sort) { return; }
    var crisis = suggestsCrisis(text);
    byId("help-first").hidden = !crisis;
    load(words.map(fileOf), function () {
      var row = words.map(function (word) { return stems["$" + word] || word; });
      var further = row.slice();
      bridges(row).forEach(function (span) {
        span.others.forEach(function (other) { further = further.concat(other.slice(1)); });
      });
      load(further.map(fileOf), function () {
        var found = answer(words, chosen);
        showChosen(chosen, asking);
        say(found, words, crisis ? "" : text); // words of distress stand in the box alone
        show(found, 0);
      });
    });
  }

  load(["meta"], begin);
}());
