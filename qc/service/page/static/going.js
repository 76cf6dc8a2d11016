// The way between a finding and its place, and the mending of that place.

import { checkText } from "./check.js";
import { byId, el } from "./dom.js";
import { body, heads, inputs, replaceRange } from "./editor.js";
import { paint } from "./marks.js";
import { activate, isIgnored, paintLevel, safeOnes, step } from "./panel.js";
import { holds } from "./place.js";
import { on, state, tell } from "./state.js";
import { t } from "./words.js";

const roots = [heads.title, heads.sapo, body];

export function startGoing() {
  on("painted", paintAll);
  on("said", sayAtFields);
  on("go", (finding) => go(finding));
  on("go-text", (finding) => {
    tell("view", finding.path ? "media" : "article");
    enter(finding);
  });
  on("accept", ({ finding, text }) => accept(finding, text));
  on("accept-all", acceptAll);
  for (const root of roots) root.addEventListener("click", (event) => atCaret(event));
  for (const root of roots) root.addEventListener("keyup", () => atCaret(null));
  window.addEventListener("keydown", keys);
}

function keys(event) {
  if (event.key === "F8") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape" && document.activeElement?.closest(".right")) {
    const finding = state.findings.find((each) => each.key === state.active);
    if (finding) tell("go-text", finding);
    else body.focus();
  }
}

function paintAll() {
  const marks = state.findings
    .filter((each) => each.place)
    .map((each) => ({ range: each.place.range, level: paintLevel(each) }));
  const active = state.findings.find((each) => each.key === state.active && each.place);
  if (active) marks.push({ range: active.place.range, level: "active" });
  paint(marks);
}

/** Show a finding: its card, and its place in the text or on the picture. */
function go(finding) {
  activate(finding, { focus: true });
  const wide = matchMedia("(min-width: 64.01rem)").matches;
  if (!wide) {
    tell("view", "findings");
    activate(finding, { focus: true });
    return;
  }
  if (finding.place) intoView(finding.place.range);
  else if (finding.path) mediaCard(finding)?.scrollIntoView({ block: "nearest" });
  else field(finding)?.scrollIntoView({ block: "nearest" });
}

function intoView(range) {
  const rect = range.getBoundingClientRect();
  const bar = byId("verdict").offsetHeight + 40;
  if (rect.top < bar || rect.bottom > innerHeight - 40) {
    scrollTo({ top: scrollY + rect.top - innerHeight / 3 });
  }
}

/** Put the caret where a finding is. */
function enter(finding) {
  if (finding.place) {
    const { range } = finding.place;
    roots.find((root) => root.contains(range.startContainer))?.focus({ preventScroll: true });
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range.cloneRange());
    intoView(range);
  } else if (finding.path) {
    const card = mediaCard(finding);
    card?.scrollIntoView({ block: "center" });
    const wanted = finding.input ?? (finding.data.rule.startsWith("access-alt") ? "alt" : "");
    const input = card?.querySelector(`[data-word="${wanted}"]`) ?? card?.querySelector("button, input");
    input?.focus({ preventScroll: true });
  } else {
    const target = field(finding);
    if (target?.closest("details")) target.closest("details").open = true;
    target?.focus();
  }
}

const mediaCard = (finding) =>
  [...byId("media-list").children].find((each) => each.dataset.path === finding.path);

function field({ data: { location } }) {
  const name = location.field ?? "";
  return byId(`f-${name}`) ?? heads[name] ?? body;
}

/** The caret was put somewhere: the finding that stands there becomes the active one. */
function atCaret(event) {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const { focusNode, focusOffset } = selection;
  const here = state.findings.filter((each) => each.place && !isIgnored(each));
  const finding = here.find((each) => holds(each.place.range, focusNode, focusOffset));
  if (!finding) {
    byId("peek").hidden = true;
    if (event && state.active) activate(null);
    return;
  }
  if (finding.key !== state.active) activate(finding);
  peek(finding);
}

/** On a narrow screen: what is wrong here, and the way to its card. */
function peek(finding) {
  const box = byId("peek");
  box.className = finding.level;
  const show = el("button", {
    type: "button",
    class: "small",
    text: t("peek.show"),
    onclick: () => {
      box.hidden = true;
      tell("view", "findings");
      activate(finding, { focus: true });
    },
  });
  box.replaceChildren(el("p", { text: finding.data.message }), show);
  box.hidden = false;
}

/** Write a suggestion into the text. Whether it was written. */
function write(finding, text) {
  const { range, text: was } = finding.place;
  const now = range.cloneContents().textContent;
  if (now.replace(/\s/g, " ") !== was.replace(/\s/g, " ") || !range.startContainer.isConnected) return false;
  if (!replaceRange(range, text)) return false;
  for (const part of [state, state.text]) {
    part.findings = part.findings.filter((each) => each !== finding);
  }
  return true;
}

function accept(finding, text) {
  const after = state.findings[state.findings.indexOf(finding) + 1];
  if (!write(finding, text)) {
    tell("notice", { key: "finding.moved" });
    checkText();
    return;
  }
  tell("notice", { key: "finding.done" });
  tell("listed");
  if (after) activate(after, { focus: true });
  else byId("panel-h").focus();
  checkText();
}

/** All safe suggestions, from the end to the start so that no place moves before it is mended. */
function acceptAll() {
  let n = 0;
  for (const finding of safeOnes().reverse()) {
    if (write(finding, finding.data.suggestions[0].text)) n += 1;
  }
  tell("notice", { key: "finding.doneall", values: { n } });
  tell("listed");
  byId("panel-h").focus();
  checkText();
}

/** Beside the folded fields, which of them have a finding: empty, or not right. */
function sayWanted(found) {
  const inside = new Set(inputs.map((each) => each.name));
  const names = [...new Set(found.map((each) => each.data.location.field))].filter((name) => inside.has(name));
  const line = byId("fields-said");
  line.classList.toggle("wanted", names.length > 0);
  const listed = names.map((name) => t(`field.${name}`)).join(", ");
  line.textContent = names.length ? t("fields.wanted", { names: listed }) : t("fields.hint");
}

/** Under each field, what is wrong with it; the words lead to the card. */
function sayAtFields() {
  const bare = (each) => !each.place && !each.path && !isIgnored(each) && each.level !== "waived";
  sayWanted(state.findings.filter((each) => bare(each) && each.data.location.kind === "article"));
  const worst = ["error", "warning", "info"];
  for (const line of document.querySelectorAll("[data-field] .said")) {
    const name = line.parentElement.dataset.field;
    const found = state.findings.filter((each) => bare(each) && each.data.location.field === name);
    found.sort((a, b) => worst.indexOf(a.level) - worst.indexOf(b.level));
    const first = found[0];
    line.className = `said ${first?.level ?? ""}`;
    if (!first) line.replaceChildren();
    else line.replaceChildren(el("button", { type: "button", text: first.data.message, onclick: () => tell("go", first) }));
  }
}
