// Checking: the words a moment after the editor stops writing, everything when files change or when
// asked. Only the newest request counts. What a request could not tell stays marked as unchecked.

import { currentArticle, fileRequest, textRequest, wholeRequest } from "./article.js";
import { send, ServiceError } from "./api.js";
import { debounced } from "./dom.js";
import { placeOf } from "./place.js";
import { state, tell } from "./state.js";
import { t } from "./words.js";

const TEXT_WAIT_MS = 600;
const WHOLE_WAIT_MS = 250;
const POLL_MS = 700;
const LEVELS = ["error", "warning", "info"];
const ENDED = new Set(["failed", "cancelled", "canceled", "lost", "ended"]);
const running = { text: null, whole: null }; // the newest request of each kind
let wantsWhole = false;
let count = 0;

export const checkText = debounced(() => run(false), TEXT_WAIT_MS);
const wholeSoon = debounced(() => run(true), WHOLE_WAIT_MS);

/** Check everything, soon. What was said of other files or by another policy holds no longer. */
export function checkAnew() {
  state.verdict = "pending";
  tell("verdict");
  checkAll();
}

/** Check everything, soon. */
export function checkAll() {
  wantsWhole = true;
  checkText.cancel();
  wholeSoon();
}

export function stopChecking() {
  checkText.cancel();
  wholeSoon.cancel();
  for (const kind of ["text", "whole"]) stop(kind);
  wantsWhole = false;
}

function stop(kind) {
  running[kind]?.abort();
  running[kind] = null;
}

/** The words may be checked again while large files are still on their way: they do not wait. */
async function run(whole) {
  const { article, models, blank } = currentArticle();
  if (blank) return cleared();
  const all = whole || !state.media.length || (wantsWhole && !running.whole);
  const kind = all ? "whole" : "text";
  stop("text");
  if (all) stop("whole");
  const mine = (running[kind] = new AbortController());
  if (all) wantsWhole = false;
  const version = state.version;
  const files = new Set(state.media.map((item) => item.file));
  sayRunning();
  try {
    const request = all ? wholeRequest(article) : textRequest(article);
    const envelope = await ask(request, mine.signal);
    const fileReport = all && state.original ? await checkedFile(mine.signal) : null;
    if (mine !== running[kind]) return undefined;
    running[kind] = null;
    take({ report: envelope.reports[0], all, version, files, article, models, fileReport });
  } catch (error) {
    if (error.name === "AbortError" || mine !== running[kind]) return undefined;
    running[kind] = null;
    if (all) wantsWhole = true;
    failed(error);
  }
  return undefined;
}

function sayRunning() {
  const whole = running.whole !== null && state.media.length > 0;
  tell("checking", { running: Boolean(running.text || running.whole), whole });
}

function cleared() {
  for (const kind of ["text", "whole"]) stop(kind);
  Object.assign(state, { findings: [], fileFindings: [], unchecked: [], verdict: "none" });
  Object.assign(state, { full: null, text: null, checked: state.version });
  sayRunning();
  tell("checked");
}

function failed(error) {
  const known = error instanceof ServiceError ? error : new ServiceError(0, String(error.message));
  state.verdict = "failed";
  sayRunning();
  tell("failed", known);
}

/** The report of a request: at once, or through a job with progress where files are large. */
async function ask(request, signal) {
  const onprogress = (share) => tell("sending", share);
  const options = { body: request.body, type: request.type, signal, onprogress };
  if (request.large) {
    const report = await throughJob(options, signal);
    if (report) return report;
  }
  const answer = await send("POST", "v1/check", options);
  return JSON.parse(await answer.body.text());
}

async function throughJob(options, signal) {
  let accepted;
  try {
    accepted = await send("POST", "v1/jobs", options);
  } catch (error) {
    if (error.status === 404 || error.status === 405) return null;
    throw error;
  }
  const place = here(accepted.header("location"));
  for (;;) {
    await pause(POLL_MS, signal);
    const told = await send("GET", place, { signal });
    const job = JSON.parse(await told.body.text());
    if (job.progress?.total) tell("working", job.progress.done / job.progress.total);
    if (job.report) return JSON.parse(await (await send("GET", here(job.report), { signal })).body.text());
    if (job.error || ENDED.has(job.state)) throw new ServiceError(500, job.error?.message ?? t("error.ended"));
  }
}

/** A path of the service, seen from this page. */
const here = (path) => path.replace(/^.*?\/(?=v1\/)/, "");

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    });
  });
}

async function checkedFile(signal) {
  const answer = await ask(fileRequest(), signal);
  return answer.reports[0];
}

function take({ report, all, version, files, article, models, fileReport }) {
  const unchecked = report.outcomes.filter((each) => ["crashed", "unavailable"].includes(each.state));
  const built = report.findings.map((data) => finding(data, models, article));
  const ofMedia = (each) => each.data.location.kind === "media";
  if (all) {
    state.full = { version, files, unchecked, findings: built.filter(ofMedia) };
    state.fileFindings = fileReport ? onlyInFile(fileReport).map((data) => finding(data, {}, {})) : [];
    state.fileIncomplete = fileReport?.verdict === "incomplete" && !fileReport.digest;
  }
  if (version >= (state.text?.version ?? -1)) {
    const findings = built.filter((each) => !ofMedia(each));
    state.text = { version, unchecked, findings, verdict: all ? report.verdict : null };
  }
  compose();
}

/** What the newest check of the words and the newest whole check say together. */
function compose() {
  const { text, full } = state;
  const present = new Set(state.media.map((each) => each.path));
  const media = (full?.findings ?? []).filter((each) => present.has(each.path));
  state.findings = [...text.findings, ...media];
  state.findings.sort((a, b) => LEVELS.indexOf(a.data.severity) - LEVELS.indexOf(b.data.severity));
  const missing = [...text.unchecked, ...(full?.unchecked ?? [])];
  state.unchecked = [...new Map(missing.map((each) => [each.check, each])).values()];
  state.textOnly = text.version !== full?.version;
  const awaited = running.whole !== null || wantsWhole;
  if (awaited && (!full || state.verdict === "pending")) state.verdict = "pending";
  else if (!full) state.verdict = "failed";
  else state.verdict = text.verdict && !state.fileFindings.length ? text.verdict : judged();
  state.checked = text.version;
  sayRunning();
  tell("checked");
  if (state.version !== text.version || wantsWhole) tell("changed");
}

/** The rule of the service, over findings of two reports: of the words and of the files. */
function judged() {
  const counted = [...state.findings, ...state.fileFindings].filter((each) => !each.data.waived);
  const levels = new Set(counted.map((each) => each.data.severity));
  if (levels.has("error")) return "block";
  if (state.unchecked.length || state.fileIncomplete) return "incomplete";
  return levels.has("warning") ? "review" : "pass";
}

function finding(data, models, article) {
  const { location } = data;
  const level = data.waived ? "waived" : data.severity;
  const key = [data.rule, location.field ?? location.path ?? "", location.excerpt ?? "", data.message].join("\n");
  count += 1;
  const made = { data, number: count, key, level, place: null, path: location.path ?? null };
  if (location.kind === "text") {
    made.place = placeOf(location, models[location.field]);
    const pointed = /^\/(image|video|attachment)s\/(\d+)\/(\w+)$/.exec(location.pointer ?? "");
    if (pointed) {
      made.path = article[`${pointed[1]}s`]?.[Number(pointed[2])]?.path ?? null;
      made.input = pointed[3];
    }
  }
  return made;
}

/** What only the draft's file holds: properties, comments, hidden text, headers, raw markup. */
function onlyInFile(report) {
  const shown = new Set(["title", "sapo", "body"]);
  return report.findings.filter(({ location }) => {
    if (location.kind !== "text") return false;
    const elsewhere = location.part !== undefined && location.part !== "body";
    const unseen = location.hidden || location.block === "markup" || location.block === "comment";
    return unseen || elsewhere || (location.field === "comment" && !shown.has(location.field));
  });
}

export { LEVELS };
