// The list of findings: each a card that leads to its place, mends it, or is ignored with a reason.

import { getJson } from "./api.js";
import { byId, el, replaceChildren } from "./dom.js";
import { LEVELS } from "./check.js";
import { ignore, unignore } from "./ignore.js";
import { state, tell } from "./state.js";
import { counted, has, lang, minutes, t } from "./words.js";

const shownLevels = new Set(LEVELS);
const REMEMBERED = "qc-name";
const rules = new Map();
let cards = new Map();

export function startPanel() {
  for (const box of document.querySelectorAll("#filters input")) {
    box.addEventListener("change", () => {
      if (box.checked) shownLevels.add(box.value);
      else shownLevels.delete(box.value);
      tell("listed");
    });
  }
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("fix-all").addEventListener("click", () => tell("accept-all"));
}

export const isIgnored = (finding) => finding.level !== "waived" && state.ignored.has(finding.key);
export const paintLevel = (finding) =>
  isIgnored(finding) || finding.level === "waived" ? "ignored" : finding.level;

/** The findings that the list shows, in the order of the article. */
export function listed() {
  return state.findings.filter((each) => !isIgnored(each) && shownLevels.has(each.data.severity));
}

export function showPanel() {
  const focused = document.activeElement?.closest(".card")?.dataset.key;
  cards = new Map();
  const open = state.findings.filter((each) => !isIgnored(each));
  const shown = open.filter((each) => shownLevels.has(each.data.severity));
  replaceChildren(byId("list"), ...shown.map(card));
  replaceChildren(byId("file-list"), ...state.fileFindings.filter((each) => !isIgnored(each)).map(card));
  byId("file-part").hidden = !state.fileFindings.length;
  byId("file-hint").textContent = t("panel.file.hint", { name: state.original?.file.name ?? "" });
  const gone = [...state.findings, ...state.fileFindings].filter(isIgnored);
  replaceChildren(byId("ignored-list"), ...gone.map(card));
  byId("ignored").hidden = !gone.length;
  byId("ignored-h").textContent = t("ignored", { n: gone.length });
  showCounts(open);
  showUnchecked();
  const fixable = safeOnes().length;
  byId("fix-all").hidden = fixable < 2;
  byId("fix-all").textContent = t("panel.all", { n: fixable });
  if (focused) cards.get(focused)?.querySelector(".head")?.focus({ preventScroll: true });
}

function showCounts(open) {
  for (const level of LEVELS) {
    const n = open.filter((each) => each.level === level).length;
    byId(`n-${level}`).textContent = counted(level, n);
  }
  byId("filters").hidden = !open.length;
  byId("count-findings").textContent = open.length || "";
  const none = byId("panel-none");
  none.hidden = open.length > 0 || state.unchecked.length > 0 || state.verdict === "failed";
  none.textContent = t(state.verdict === "none" ? "panel.idle" : "panel.none");
}

function showUnchecked() {
  const box = byId("unchecked");
  if (!state.unchecked.length) return replaceChildren(box);
  const rows = state.unchecked.map((each) => el("li", { text: `${each.check}: ${each.reason ?? each.state}` }));
  const inside = [el("h3", { text: t("panel.unchecked") }), el("ul", {}, ...rows)];
  return replaceChildren(box, el("div", { class: "unchecked" }, ...inside));
}

/** Findings whose first suggestion is safe and whose place is known. */
export function safeOnes() {
  return listed().filter((each) => each.place && each.data.suggestions[0]?.safe);
}

function card(finding) {
  const level = isIgnored(finding) ? "ignored" : finding.level;
  const sort = isIgnored(finding) ? "" : `${t(`severity.${finding.data.severity}`)} · `;
  const head = el(
    "button",
    { type: "button", class: "head", "aria-expanded": "false", onclick: () => tell("go", finding) },
    el("span", { class: "sort", text: sort + placeName(finding) }),
    el("span", { text: finding.data.message }),
  );
  const node = el("li", { class: `card ${level}` }, head, rest(finding));
  node.dataset.key = finding.key;
  node.dataset.number = String(finding.number);
  cards.set(finding.key, node);
  if (state.active === finding.key) mark(node, true);
  return node;
}

function placeName({ data: { location } }) {
  if (location.kind === "media") {
    const time = location.time_s ? ` ${minutes(location.time_s[0])}–${minutes(location.time_s[1])}` : "";
    return location.path.split("/").pop() + time;
  }
  const field = location.field ?? "";
  return has(`field.${field}`) ? t(`field.${field}`) : field || t("article").toLowerCase();
}

function rest(finding) {
  const { data } = finding;
  const node = el("div", { class: "rest" }, quote(data.location));
  const give = finding.place ? data.suggestions.slice(0, 3) : [];
  const acts = give.map((each, index) =>
    el("button", {
      type: "button",
      class: "give",
      text: offer(each.text),
      onclick: () => tell("accept", { finding, text: data.suggestions[index].text }),
    }),
  );
  if (acts.length) node.append(el("div", { class: "acts" }, ...acts));
  node.append(more(finding));
  return node;
}

function offer(text) {
  if (text === "") return t("finding.remove");
  return /^\s+$/.test(text) ? t("finding.space") : t("finding.replace", { text: `“${text}”` });
}

function quote(location) {
  if (location.kind !== "text") return null;
  const before = cut((location.before ?? "").split("\n").pop(), /^\S*\s/, -42);
  const after = cut((location.after ?? "").split("\n")[0], /\s\S*$/, 42);
  if (!before && !after && !location.excerpt) return null;
  const inside = location.excerpt ? location.excerpt.slice(0, 160) : "▲";
  return el("p", { class: "quote" }, before, el("b", { text: inside }), after);
}

/** At most so many letters (from the end where negative), cut between words. */
function cut(text, rest, most) {
  if (text.length <= Math.abs(most)) return text;
  const part = most < 0 ? text.slice(most) : text.slice(0, most);
  return most < 0 ? part.replace(rest, "… ") : part.replace(rest, " …");
}

function more(finding) {
  const { data } = finding;
  const rows = [];
  if (data.fix) rows.push(row(t("finding.fix"), data.fix));
  for (const each of data.basis) rows.push(row(t("finding.basis"), each.title));
  const node = el("div", { class: "more" }, el("dl", {}, ...rows));
  if (data.waived) node.append(el("p", { text: t("finding.waived", data.waived) }));
  node.append(why(data.rule));
  const acts = el("div", { class: "acts" });
  if (finding.place || finding.path || data.location.field) {
    acts.append(el("button", { type: "button", text: t("finding.goto"), onclick: () => tell("go-text", finding) }));
  }
  if (isIgnored(finding)) {
    const { reason, name } = state.ignored.get(finding.key);
    node.append(el("p", { text: `${name}: ${reason}` }));
    acts.append(el("button", { type: "button", text: t("ignore.undo"), onclick: () => endIgnoring(finding) }));
  } else if (!data.waived) {
    acts.append(el("button", { type: "button", text: t("ignore"), onclick: () => askReason(finding, node) }));
  }
  node.append(acts, el("p", { class: "rule", text: data.rule }));
  return node;
}

const row = (name, text) => el("div", {}, el("dt", { text: `${name}: ` }), el("dd", { text }));

function why(rule) {
  const said = el("p");
  const node = el("details", {}, el("summary", { text: t("finding.why") }), said);
  node.addEventListener("toggle", async () => {
    if (!node.open || said.textContent) return;
    try {
      if (!rules.has(rule)) rules.set(rule, await getJson(`v1/rules/${encodeURIComponent(rule)}`));
      said.textContent = rules.get(rule).why?.[lang()] ?? "";
    } catch (error) {
      said.textContent = error.message;
    }
  });
  return node;
}

function endIgnoring(finding) {
  unignore(finding.key);
  tell("listed");
}

function askReason(finding, node) {
  const old = node.querySelector("form");
  if (old) return old.remove();
  const id = `r-${finding.number}`;
  const reason = el("input", { type: "text", id, required: true, autocomplete: "off" });
  const name = el("input", { type: "text", id: `${id}-n`, required: true, autocomplete: "name" });
  name.value = remembered();
  const told = el("p", { class: "said error", role: "alert" });
  const form = el(
    "form",
    { novalidate: true },
    el("label", { for: id, text: t("ignore.reason") }),
    reason,
    el("label", { for: `${id}-n`, text: t("ignore.name") }),
    name,
    told,
    el("div", { class: "acts" }, el("button", { type: "submit", text: t("ignore.save") })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!ignore(finding, reason.value, name.value)) {
      told.textContent = t("ignore.short");
      return;
    }
    remember(name.value.trim());
    tell("listed");
    byId("panel-h").focus();
  });
  node.append(form);
  return reason.focus();
}

function remembered() {
  try {
    return sessionStorage.getItem(REMEMBERED) ?? "";
  } catch {
    return "";
  }
}

function remember(name) {
  try {
    sessionStorage.setItem(REMEMBERED, name);
  } catch {
    // no storage: the name is asked for again
  }
}

function mark(node, on) {
  node.classList.toggle("active", on);
  node.querySelector(".head").setAttribute("aria-expanded", String(on));
}

/** Make one card the active one; `scroll`: bring it into view inside the panel. */
export function activate(finding, { scroll = true, focus = false } = {}) {
  for (const node of cards.values()) mark(node, false);
  state.active = finding?.key ?? null;
  const node = finding ? cards.get(finding.key) : null;
  if (node) {
    mark(node, true);
    if (scroll) intoPanel(node);
    if (focus) node.querySelector(".head").focus({ preventScroll: true });
  }
  tell("painted");
}

/** Bring a card into view: beside the text only the panel scrolls, on a phone the page. */
function intoPanel(node) {
  const panel = node.closest(".right");
  if (!matchMedia("(min-width: 64.01rem)").matches) {
    node.scrollIntoView({ block: "nearest" });
    return;
  }
  const head = panel.querySelector(".panelhead").offsetHeight + 8;
  const [card, frame] = [node.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (card.top < frame.top + head) panel.scrollTop += card.top - frame.top - head;
  else if (card.bottom > frame.bottom) {
    panel.scrollTop += Math.min(card.bottom - frame.bottom + 8, card.top - frame.top - head);
  }
}

/** The next or previous finding of the list. */
export function step(by) {
  const all = [...listed(), ...state.fileFindings];
  if (!all.length) return;
  const at = all.findIndex((each) => each.key === state.active);
  const next = all[(at + by + all.length) % all.length] ?? all[0];
  tell("go", at === -1 && by < 0 ? all[all.length - 1] : next);
}
