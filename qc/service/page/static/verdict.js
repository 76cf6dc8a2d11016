// The verdict on top: always there, in words, with what it rests on.

import { byId } from "./dom.js";
import { LEVELS } from "./check.js";
import { state } from "./state.js";
import { clock, counted, t } from "./words.js";

const bar = byId("verdict");
const progress = byId("progress");
let checkedAt = "";
let running = null;

export function showVerdict() {
  bar.className = `verdict ${state.verdict}`;
  setText("verdict-word", t(`verdict.${state.verdict}`));
  setText("verdict-counts", ["failed", "pending"].includes(state.verdict) ? "" : countLine());
  showWhen();
}

/** "2 lỗi, 1 cảnh báo", without those that are zero. */
function countLine() {
  const all = [...state.findings, ...state.fileFindings];
  const parts = LEVELS.map((level) => [level, all.filter((each) => each.level === level).length])
    .concat([["waived", all.filter((each) => each.level === "waived").length]])
    .filter(([, n]) => n > 0)
    .map(([level, n]) => counted(level, n).replaceAll(" ", "\u00a0")); // a number stays with its word
  const ignored = all.filter((each) => state.ignored.has(each.key) && each.level !== "waived").length;
  if (ignored) parts.push(t("verdict.ignored", { n: ignored }));
  if (state.fileFindings.length) parts.push(t("verdict.file", { n: state.fileFindings.length }));
  return parts.join(" · ");
}

export function showWhen() {
  let text = "";
  if (running) text = running;
  else if (!["none", "failed", "pending"].includes(state.verdict)) {
    const stale = state.checked !== state.version;
    bar.classList.toggle("stale", stale);
    if (stale) text = t("check.changed");
    else text = t(state.textOnly && state.media.length ? "check.text" : "check.at", { time: checkedAt });
  }
  setText("verdict-when", text);
}

export function noteChecked() {
  checkedAt = clock();
}

export function showRunning({ running: isRunning, whole }) {
  running = isRunning ? t(whole ? "check.media" : "check.running") : null;
  bar.setAttribute("aria-busy", String(isRunning));
  if (!isRunning) progress.hidden = true;
  showWhen();
}

/** How much of large files was sent (`key` check.sending) or checked. */
export function showProgress(share, sending) {
  progress.hidden = false;
  progress.value = Math.round(share * 100);
  if (sending && share < 1) running = t("check.sending", { percent: progress.value });
  else running = t("check.media");
  showWhen();
}

function setText(id, text) {
  const node = byId(id);
  if (node.textContent !== text) node.textContent = text;
}

/** The bar's height, so that what is sticky below it knows where it ends. */
export function measureBar() {
  const set = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  new ResizeObserver(set).observe(bar);
  set();
}
