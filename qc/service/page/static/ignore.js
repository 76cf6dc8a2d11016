// Ignoring a finding: only with a reason and a name. It is kept for this session and handed on as
// a waiver; the verdict is the service's and does not change until a waiver is accepted there.

import { state } from "./state.js";

const KEY = "qc-ignored";
const YEAR_DAYS = 365;
const SHORTEST_REASON = 5;

export function loadIgnored() {
  try {
    state.ignored = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  } catch {
    state.ignored = new Map();
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...state.ignored]));
  } catch {
    // no storage: the reasons last as long as the page
  }
}

/** Whether the reason and name were good enough to be kept. */
export function ignore(finding, reason, name) {
  if (reason.trim().length < SHORTEST_REASON || name.trim().length < 2) return false;
  const { rule, location } = finding.data;
  state.ignored.set(finding.key, {
    rule,
    excerpt: location.excerpt ?? "",
    reason: reason.trim(),
    name: name.trim(),
  });
  keep();
  return true;
}

export function unignore(key) {
  state.ignored.delete(key);
  keep();
}

export function forgetIgnored() {
  state.ignored.clear();
  keep();
}

/** The waivers as `.qc-waivers.yaml`. JSON strings are YAML strings, so nothing can break out. */
export function waiverText() {
  const expires = new Date(Date.now() + YEAR_DAYS * 86400000).toISOString().slice(0, 10);
  const lines = ["waivers:"];
  for (const each of state.ignored.values()) {
    lines.push(`  - rule: ${each.rule}`);
    if (each.excerpt && !each.excerpt.includes("*")) lines.push(`    text: ${quoted(each.excerpt)}`);
    lines.push(`    author: ${quoted(each.name)}`, `    reason: ${quoted(each.reason)}`);
    lines.push(`    expires: ${expires}`);
  }
  return `${lines.join("\n")}\n`;
}

const quoted = (text) =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (sign) =>
    `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
