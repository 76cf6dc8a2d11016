// The article as the service takes it: JSON for its words, files for its pictures and clips.

import { ServiceError } from "./api.js";
import { fieldValues, read } from "./editor.js";
import { state } from "./state.js";
import { lang, t } from "./words.js";

export const MAX_SENT_BYTES = Number(document.querySelector('meta[name="qc-limit"]').content);
const MEBIBYTE = 1024 * 1024;
const JOB_BYTES = 24 * 1024 * 1024;

/** `{article, models, blank}` of what is written now. */
export function currentArticle() {
  const { html, models } = read();
  const article = { ...fieldValues(), body_format: "html", body: html };
  if ("ai_generated" in article) article.ai_generated = article.ai_generated === "true";
  const lists = { image: [], video: [], attachment: [] };
  for (const item of state.media) {
    const entry = { path: item.path };
    for (const name of ["alt", "caption", "credit"]) {
      if (item[name] && (item.kind === "image" || (name === "caption" && item.kind === "video"))) {
        entry[name] = item[name];
      }
    }
    if (item.kind === "image" && item.featured) entry.role = "featured";
    if (item.width) entry.display_width = item.width;
    if (item.height) entry.display_height = item.height;
    if (item.kind === "attachment" && item.caption) entry.title = item.caption;
    lists[item.kind].push(entry);
  }
  for (const [kind, entries] of Object.entries(lists)) if (entries.length) article[`${kind}s`] = entries;
  const blank = !models.title.text && !models.sapo.text && !models.body.text && !state.media.length;
  return { article, models, blank };
}

/** A request for the words alone: small, sent while the editor writes. */
export function textRequest(article) {
  const body = JSON.stringify({ article, policy: state.policy, lang: lang(), source: sourceName() });
  return { body, type: "application/json", large: false };
}

/** A request with all pictures, clips and attachments. */
export function wholeRequest(article) {
  const files = state.media.filter((item) => item.file);
  if (files.reduce((sum, item) => sum + item.file.size, 0) > MAX_SENT_BYTES) {
    throw new ServiceError(413, t("error.total", { limit: Math.floor(MAX_SENT_BYTES / MEBIBYTE) }));
  }
  if (!files.length) return textRequest(article);
  const form = new FormData();
  const json = new Blob([JSON.stringify(article)], { type: "application/json" });
  form.append("files", json, "bai-viet.json");
  for (const item of files) form.append("files", item.file, item.path);
  form.append("policy", state.policy);
  form.append("lang", lang());
  return { body: form, type: null, large: isLarge(files) };
}

/** A request for the draft's own file, with whatever only the file holds. */
export function fileRequest() {
  const form = new FormData();
  form.append("files", state.original.file, state.original.file.name);
  form.append("policy", state.policy);
  form.append("lang", lang());
  return { body: form, type: null, large: false };
}

function isLarge(files) {
  const bytes = files.reduce((sum, item) => sum + item.file.size, 0);
  return bytes > JOB_BYTES || files.some((item) => item.kind === "video");
}

export const sourceName = () => state.original?.file.name ?? t("article");
