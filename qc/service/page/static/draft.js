// The draft: what was written is kept in this browser until the editor clears it, so that nothing
// is lost to a closed tab or a service that is down. Pictures, clips and files are not kept.

import { byId, debounced } from "./dom.js";
import { body, fieldValues, pictureOf, reviveMedia, setBody, setFields } from "./editor.js";
import { readBody } from "./model.js";
import { clean } from "./sanitise.js";
import { addMedia } from "./media.js";
import { state } from "./state.js";
import { clock, t } from "./words.js";

const KEY = "qc-draft-1";

export const saveSoon = debounced(saveNow, 400);

export function saveNow() {
  const values = fieldValues();
  const { html, model } = readBody(body);
  if (!model.text && !Object.keys(values).length && !state.media.length) return forgetDraft();
  const media = state.media.map(({ path, kind, alt, caption, credit, featured, width, height }) => ({
    path,
    kind,
    alt,
    caption,
    credit,
    featured,
    width,
    height,
  }));
  try {
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), values, html, media, policy: state.policy }));
    say("saved");
  } catch {
    say("saved.not");
  }
  return undefined;
}

/** Whether the draft is kept; the page changes the words with its language. */
function say(key) {
  byId("saved").dataset.w = key;
  byId("saved").textContent = t(key);
}

export function forgetDraft() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
  delete byId("saved").dataset.w;
  byId("saved").textContent = "";
}

/** Bring the draft back; gives the time it was kept, or null. Its HTML is cleaned like any other. */
export function restoreDraft() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    kept = null;
  }
  if (!kept || typeof kept.html !== "string") return null;
  for (const each of Array.isArray(kept.media) ? kept.media : []) {
    if (typeof each?.path === "string") addMedia(each.path, null, each);
  }
  setFields(kept.values ?? {});
  setBody(clean(kept.html, pictureOf).fragment);
  reviveMedia();
  if (typeof kept.policy === "string") state.policy = kept.policy;
  return clock(new Date(Number(kept.at) || Date.now()));
}
