// The page: what is written, what the service finds in it, and the way from one to the other.

import { getJson, hasToken, setToken } from "./api.js";
import { checkAll, checkAnew, checkText, stopChecking } from "./check.js";
import { byId, el } from "./dom.js";
import { showDownloads, startDownloads } from "./download.js";
import { forgetDraft, restoreDraft, saveNow, saveSoon } from "./draft.js";
import { changed, heads, setBody, setFields, startEditor } from "./editor.js";
import { startFiles, take } from "./files.js";
import { startGoing } from "./going.js";
import { forgetIgnored, loadIgnored } from "./ignore.js";
import { follow } from "./marks.js";
import { forgetMedia, showActiveBox, showMedia } from "./media.js";
import { showPanel, startPanel } from "./panel.js";
import { on, state, tell } from "./state.js";
import { measureBar, noteChecked, showProgress, showRunning, showVerdict, showWhen } from "./verdict.js";
import { lang, setLanguage, t } from "./words.js";

const ASKS_FOR_TOKEN = new Set([401, 403]);

function start() {
  setLanguage(lang());
  loadIgnored();
  startEditor();
  startPanel();
  startFiles();
  startDownloads();
  startGoing();
  startDialogs();
  measureBar();
  follow(byId("article"));
  byId("check").addEventListener("click", () => checkAll());
  byId("language").addEventListener("click", changeLanguage);
  byId("policy").addEventListener("change", () => {
    state.policy = byId("policy").value;
    checkAnew();
  });
  byId("live").addEventListener("change", () => changed());
  for (const button of document.querySelectorAll(".views button")) {
    button.addEventListener("click", () => tell("view", button.dataset.to));
  }
  window.addEventListener("pagehide", saveNow);
  listen();
  const time = restoreDraft();
  if (time) {
    notice(t("restored", { time }));
    tell("media-changed");
    changed();
  }
  loadPolicies();
}

function listen() {
  on("changed", () => {
    saveSoon();
    showWhen();
    if (byId("live").checked) checkText();
  });
  on("media-changed", () => {
    showMedia();
    checkAnew();
  });
  on("verdict", showVerdict);
  on("media-said", () => checkAll());
  on("files", (files) => take(files.map((file) => ({ file, path: file.name }))));
  on("opened", opened);
  on("checking", showRunning);
  on("sending", (share) => showProgress(share, true));
  on("working", (share) => showProgress(share, false));
  on("checked", () => {
    clearErrors();
    noteChecked();
    showAll();
  });
  on("failed", failed);
  on("refused", (error) => notice(error.message, "error"));
  on("painted", showActiveBox);
  on("listed", showAll);
  on("view", show);
  on("notice", ({ key, values, level }) => notice(t(key, values), level));
}

function showAll() {
  showVerdict();
  showPanel();
  showMedia();
  tell("painted");
  tell("said");
}

function opened() {
  const note = byId("original");
  note.textContent = t("opened.changes", { name: state.original.file.name });
  note.hidden = false;
  showDownloads();
  tell("view", "article");
}

function show(view) {
  if (document.body.dataset.view !== view && matchMedia("(max-width: 64rem)").matches) scrollTo(0, 0);
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.to === view));
  }
}

function failed(error) {
  showVerdict();
  showPanel();
  if (ASKS_FOR_TOKEN.has(error.status)) return askToken(hasToken() ? t("token.wrong") : "");
  const kept = error.status ? ` ${t("error.kept")}` : "";
  return notice(error.message + kept, "error", true);
}

/** A message above the article. Errors stay until the service answers again. */
function notice(text, level = "info", retry = false) {
  const box = byId("notices");
  const close = el("button", { type: "button", class: "small", text: t("close") });
  const buttons = el("div", { class: "buttons" }, close);
  if (retry) {
    buttons.prepend(el("button", { type: "button", class: "small", text: t("error.retry"), onclick: () => checkAll() }));
  }
  const node = el("div", { class: `notice ${level}` }, el("p", { text }), buttons);
  if (retry) node.dataset.retry = "";
  if (level === "error") node.setAttribute("role", "alert");
  close.addEventListener("click", () => node.remove());
  for (const old of [...box.children]) if (retry && "retry" in old.dataset) old.remove();
  while (box.childElementCount > 2) box.firstElementChild.remove();
  box.append(node);
  if (level === "info") setTimeout(() => node.remove(), 12000);
}

function clearErrors() {
  for (const node of document.querySelectorAll("#notices [data-retry]")) node.remove();
}

function startDialogs() {
  const token = byId("token-box");
  byId("token").addEventListener("click", () => askToken(""));
  token.addEventListener("close", () => {
    if (token.returnValue === "save") setToken(byId("token-value").value.trim());
    if (token.returnValue === "forget") setToken("");
    byId("token-value").value = "";
    if (token.returnValue === "save") {
      loadPolicies();
      checkAll();
    }
  });
  const fresh = byId("new-box");
  byId("new").addEventListener("click", () => fresh.showModal());
  fresh.addEventListener("close", () => {
    if (fresh.returnValue === "yes") startAnew();
  });
}

function askToken(message) {
  const box = byId("token-box");
  byId("token").hidden = false;
  byId("token-error").textContent = message;
  byId("token-error").hidden = !message;
  box.returnValue = "";
  if (!box.open) box.showModal();
}

function startAnew() {
  stopChecking();
  forgetMedia();
  forgetIgnored();
  setFields({});
  setBody();
  Object.assign(state, { original: null, findings: [], fileFindings: [], unchecked: [] });
  Object.assign(state, { verdict: "none", active: null, full: null, text: null });
  byId("original").hidden = true;
  changed();
  forgetDraft();
  showDownloads();
  showAll();
  heads.title.focus();
}

async function loadPolicies() {
  const select = byId("policy");
  const before = state.policy;
  try {
    const { policies } = await getJson("v1/policies");
    const options = policies.map((each) => el("option", { value: each.id, text: each.title[lang()] ?? each.id }));
    select.replaceChildren(...options);
    select.policies = policies;
  } catch (error) {
    if (ASKS_FOR_TOKEN.has(error.status)) askToken("");
  }
  select.value = state.policy;
  if (select.selectedIndex === -1 && select.options.length) select.selectedIndex = 0;
  state.policy = select.value || before;
  if (state.policy !== before) checkAnew();
}

function changeLanguage() {
  const next = lang() === "vi" ? "en" : "vi";
  setLanguage(next);
  const button = byId("language");
  button.textContent = next === "vi" ? "English" : "Tiếng Việt";
  button.lang = next === "vi" ? "en" : "vi";
  const select = byId("policy");
  for (const option of select.options) {
    const known = select.policies?.find((each) => each.id === option.value);
    if (known) option.textContent = known.title[next];
  }
  history.replaceState(null, "", next === "en" ? "?lang=en" : location.pathname);
  showDownloads();
  if (state.original) byId("original").textContent = t("opened.changes", { name: state.original.file.name });
  showAll();
  if (state.verdict !== "none") checkAll();
}

start();
