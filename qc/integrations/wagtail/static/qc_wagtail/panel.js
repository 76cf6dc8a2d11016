/* The panel of the edit form: check the form as it stands, and go to the place of a finding. */
(function () {
  "use strict";

  function find(path) {
    let place = null;
    let scope = document;
    for (const step of path.split(".")) {
      const next = scope.querySelector('[data-contentpath="' + CSS.escape(step) + '"]');
      if (!next) break;
      place = next;
      scope = next;
    }
    return place;
  }

  function reveal(place) {
    for (let up = place; up; up = up.parentElement) {
      if (up.hasAttribute("hidden") && up.id) {
        const toggle = document.querySelector('[aria-controls="' + CSS.escape(up.id) + '"], [href="#' + CSS.escape(up.id) + '"]');
        if (toggle) toggle.click();
      }
    }
  }

  function mark(place, excerpt) {
    const field = place.matches("input, textarea") ? place : place.querySelector("input[type=text], textarea, [contenteditable=true]");
    if (!field) return;
    field.focus({ preventScroll: true });
    if (!excerpt) return;
    if ("value" in field && field.setSelectionRange) {
      const at = field.value.indexOf(excerpt);
      if (at >= 0) field.setSelectionRange(at, at + excerpt.length);
      return;
    }
    const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(excerpt);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + excerpt.length);
      if (window.CSS && CSS.highlights && window.Highlight) CSS.highlights.set("qc-place", new Highlight(range));
      return;
    }
  }

  function jump(button) {
    const place = find(button.dataset.qcJump);
    if (!place) return;
    reveal(place);
    document.querySelectorAll(".qc-here").forEach(function (each) { each.classList.remove("qc-here"); });
    place.classList.add("qc-here");
    place.scrollIntoView({ block: "center", behavior: "instant" });
    mark(place, button.dataset.qcExcerpt);
  }

  async function check(panel) {
    const busy = panel.querySelector("[data-qc-busy]");
    const failed = panel.querySelector("[data-qc-failed]");
    busy.hidden = false;
    failed.hidden = true;
    try {
      await new Promise(function (done) { setTimeout(done, 300); }); // rich text reaches the form 250 ms late
      const data = new FormData(panel.closest("form"));
      data.delete("action-publish");
      const answer = await fetch(panel.dataset.qcUrl, {
        method: "POST",
        body: data,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      panel.querySelector("[data-qc-findings]").innerHTML = await answer.text();
    } catch (error) {
      failed.hidden = false;
    } finally {
      busy.hidden = true;
    }
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-qc-jump], [data-qc-check]");
    if (!target) return;
    event.preventDefault();
    if (target.hasAttribute("data-qc-check")) check(target.closest("[data-qc-panel]"));
    else jump(target);
  });
})();
