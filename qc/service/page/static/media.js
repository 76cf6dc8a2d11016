// Pictures, clips and attachments: each with its findings, boxes on the photo, a timeline of the
// clip, and the words that belong to it. Files never leave this page but for the check.

import { byId, el, replaceChildren } from "./dom.js";
import { body, changed, pictureOf, reviveMedia } from "./editor.js";
import { isIgnored } from "./panel.js";
import { state, tell } from "./state.js";
import { minutes, t } from "./words.js";

const IMAGES = /\.(jpe?g|jfif|png|gif|webp|avif|heic|heif|bmp|tiff?|svg|ico|psd)$/i;
const VIDEOS = /\.(mp4|m4v|mov|webm|mkv|avi|wmv|flv|3gp|mpe?g|ts|ogv|mts)$/i;

export const mediaKind = (name) => (IMAGES.test(name) ? "image" : VIDEOS.test(name) ? "video" : "attachment");

/** How large the opened draft shows a picture; null where it does not say, or another one replaced it. */
const SIZES = ["width", "height"];

/** A name that the service takes as a relative path. */
export function safePath(path) {
  const parts = path.replace(/[\u0000-\u001f\u007f\\:*?"<>|#%]/g, "_").split("/");
  const kept = parts.filter((each) => each && each !== "." && each !== "..").map((each) => each.slice(-120));
  return kept.map((each) => (each.startsWith(".qc") ? `_${each}` : each)).join("/") || "tep";
}

/** Add or replace a file; what the article says about it (`known`) is kept. */
export function addMedia(path, file, known = {}) {
  const kind = known.kind ?? mediaKind(path);
  let item = state.media.find((each) => each.path === path);
  if (!item) {
    item = { path, kind, file: null, url: null, alt: "", caption: "", credit: "", featured: false, width: null, height: null };
    state.media.push(item);
  }
  for (const name of ["alt", "caption", "credit"]) if (known[name]) item[name] = known[name];
  if (known.featured) item.featured = true;
  for (const name of SIZES) {
    if (Number.isInteger(known[name]) && known[name] > 0) item[name] = known[name];
    else if (file) item[name] = null;
  }
  if (file) {
    if (item.url) URL.revokeObjectURL(item.url);
    item.file = file;
    item.url = kind === "attachment" ? null : URL.createObjectURL(file);
  }
  return item;
}

/** The same name for another file gets a number. */
export function freePath(path) {
  const taken = new Set(state.media.filter((each) => each.file).map((each) => each.path));
  if (!taken.has(path)) return path;
  const [, stem, ending] = /^(.*?)(\.[^./]*)?$/.exec(path);
  let n = 2;
  while (taken.has(`${stem}-${n}${ending ?? ""}`)) n += 1;
  return `${stem}-${n}${ending ?? ""}`;
}

export function forgetMedia() {
  for (const item of state.media) if (item.url) URL.revokeObjectURL(item.url);
  state.media = [];
}

export function showMedia() {
  const list = byId("media-list");
  const present = new Set(state.media.map((each) => each.path));
  for (const node of [...list.children]) if (!present.has(node.dataset.path)) node.remove();
  for (const item of state.media) {
    let node = [...list.children].find((each) => each.dataset.path === item.path);
    if (!node || node.shown !== item.url || node.language !== document.documentElement.lang) {
      const made = card(item);
      if (node) node.replaceWith(made);
      else list.append(made);
      node = made;
    }
    fill(node, item);
  }
  byId("media-none").hidden = state.media.length > 0;
  const found = mediaFindings(null).length;
  byId("count-media").textContent = found || "";
}

function mediaFindings(path) {
  return state.findings.filter(
    (each) => !isIgnored(each) && each.path !== null && (path === null || each.path === path),
  );
}

function card(item) {
  const node = el("li", {}, el("div", { class: "frame" }), el("h3", { text: item.path }));
  node.dataset.path = item.path;
  node.shown = item.url;
  node.language = document.documentElement.lang;
  view(node.querySelector(".frame"), item);
  node.append(el("div", { class: "told" }));
  if (item.kind === "image") {
    node.append(...words(item, "alt"), ...words(item, "caption"), ...words(item, "credit"), featured(item));
  } else node.append(...words(item, "caption"));
  const acts = el("div", { class: "acts" });
  if (item.kind === "image") {
    acts.append(el("button", { type: "button", class: "small", text: t("media.insert"), onclick: () => insert(item) }));
  }
  const remove = el("button", { type: "button", class: "small", text: t("media.remove"), onclick: () => drop(item) });
  remove.setAttribute("aria-label", `${t("media.remove")}: ${item.path}`);
  acts.append(remove);
  node.append(acts);
  return node;
}

function view(frame, item) {
  const none = (key) => frame.replaceChildren(el("p", { class: "soft", text: t(key, { name: item.path }) }));
  if (!item.file) return none("media.lost");
  if (item.kind === "video") {
    const clip = el("video", { src: item.url, controls: true, preload: "metadata", muted: true, "aria-label": item.path });
    clip.addEventListener("loadedmetadata", () => tell("listed"));
    frame.append(clip);
    return undefined;
  }
  if (item.kind === "attachment") return frame.replaceChildren(el("p", { class: "soft", text: item.path }));
  const image = el("img", { src: item.url, alt: item.alt || item.path });
  image.addEventListener("load", () => tell("listed"));
  image.addEventListener("error", () => none("media.noview"));
  frame.append(el("span", { class: "sheet" }, image));
  return undefined;
}

function words(item, name) {
  const id = `m-${name}-${state.media.indexOf(item)}`;
  const input = el("input", { type: "text", id, autocomplete: "off", spellcheck: "false" });
  input.value = item[name];
  input.dataset.word = name;
  input.addEventListener("input", () => {
    item[name] = input.value.trim();
    changed();
    tell("media-said");
  });
  return [el("label", { for: id, text: t(`media.${name}`) }), input];
}

function featured(item) {
  const box = el("input", { type: "checkbox" });
  box.checked = item.featured;
  box.addEventListener("change", () => {
    for (const each of state.media) each.featured = false;
    item.featured = box.checked;
    for (const each of document.querySelectorAll("#media-list input[type=checkbox]")) {
      if (each !== box) each.checked = false;
    }
    changed();
    tell("media-said");
  });
  return el("label", { class: "inline" }, box, t("media.featured"));
}

function insert(item) {
  const last = body.lastElementChild;
  const holder = el("p", {}, pictureOf(item.path, item.alt));
  if (last && !last.textContent.trim() && !last.querySelector("img")) last.replaceWith(holder);
  else body.append(holder);
  reviveMedia();
  changed();
  tell("view", "article");
  holder.scrollIntoView({ block: "center" });
}

function drop(item) {
  if (item.url) URL.revokeObjectURL(item.url);
  state.media = state.media.filter((each) => each !== item);
  for (const picture of body.querySelectorAll("img")) {
    if (picture.dataset.path === item.path) picture.remove();
  }
  changed();
  tell("media-changed");
  byId("media-h").setAttribute("tabindex", "-1");
  byId("media-h").focus();
}

/** The findings of one file, on its picture and below it. */
function fill(node, item) {
  const found = mediaFindings(item.path);
  const told = node.querySelector(".told");
  const unknown = !state.full?.files.has(item.file);
  if (!found.length) {
    const key = unknown || !item.file ? "media.unchecked" : "media.fine";
    replaceChildren(told, el("p", { class: key === "media.fine" ? "fine" : "soft", text: t(key) }));
  } else {
    const rows = found.map((each) =>
      el("li", {}, el("button", { type: "button", class: each.level, text: each.data.message, onclick: () => tell("go", each) })),
    );
    replaceChildren(told, el("ul", { class: "found" }, ...rows));
  }
  boxes(node, found);
  timeline(node, item, found);
}

function boxes(node, found) {
  node.querySelector(".frame svg")?.remove();
  const image = node.querySelector(".sheet img");
  const boxed = found.filter((each) => each.data.location.box);
  if (!image?.naturalWidth || !boxed.length) return;
  const size = `0 0 ${image.naturalWidth} ${image.naturalHeight}`;
  const svg = el("svg", { svg: true, viewBox: size, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const each of boxed) {
    const [x, y, width, height] = each.data.location.box;
    const box = el("rect", { svg: true, x, y, width, height, class: `box ${each.level}` });
    box.dataset.key = each.key;
    svg.append(box);
  }
  image.parentElement.append(svg);
  showActiveBox();
}

/** The box of the finding that is looked at is drawn thicker. */
export function showActiveBox() {
  for (const box of document.querySelectorAll("#media-list .box")) {
    box.classList.toggle("active", box.dataset.key === state.active);
  }
}

function timeline(node, item, found) {
  node.querySelector(".timeline")?.remove();
  const timed = found.filter((each) => each.data.location.time_s);
  if (item.kind !== "video" || !timed.length) return;
  const clip = node.querySelector("video");
  const ends = timed.map((each) => each.data.location.time_s[1]);
  const length = Number.isFinite(clip?.duration) ? clip.duration : Math.max(...ends);
  const line = el("div", { class: "timeline", role: "group", "aria-label": t("media.timeline") });
  for (const each of timed) {
    const [from, to] = each.data.location.time_s;
    const values = { from: minutes(from), to: minutes(to), message: each.data.message };
    const bar = el("button", { type: "button", class: each.level, "aria-label": t("media.seek", values) });
    bar.title = bar.getAttribute("aria-label");
    bar.style.left = `${Math.min((100 * from) / length, 99)}%`;
    bar.style.width = `${Math.max((100 * (Math.min(to, length) - from)) / length, 1)}%`;
    bar.addEventListener("click", () => {
      if (clip) clip.currentTime = from;
      tell("go", each);
    });
    line.append(bar);
  }
  node.querySelector(".frame").after(line);
}
