// Files that are dropped or chosen: one document becomes the article, the rest belongs to it.

import { send } from "./api.js";
import { MAX_SENT_BYTES } from "./article.js";
import { byId } from "./dom.js";
import { changed, elementsOf, reviveMedia, setBody, setFields } from "./editor.js";
import { addMedia, forgetMedia, freePath, safePath } from "./media.js";
import { forgetIgnored } from "./ignore.js";
import { state, tell } from "./state.js";
import { t } from "./words.js";

const DOCUMENTS = /\.(docx|odt|md|markdown|html?|txt|json)$/i;
const MAIN = /^(bai|bai-viet|article|index|noi-dung)\.[a-z]+$/i;
const IGNORED = /(^|\/)(\.|~\$|readme\.|thumbs\.db$|desktop\.ini$)|\.(ya?ml)$/i;

export function startFiles() {
  byId("open").addEventListener("click", () => byId("pick").click());
  byId("folder").addEventListener("click", () => byId("pick-folder").click());
  for (const id of ["pick", "pick-folder"]) {
    byId(id).addEventListener("change", (event) => {
      const chosen = [...event.target.files].map((file) => ({ file, path: below(file) }));
      event.target.value = "";
      take(chosen);
    });
  }
  startDropping();
}

/** The path of a file inside the folder that was chosen. */
const below = (file) => (file.webkitRelativePath || file.name).replace(/^[^/]+\/(?=.)/, "");

function startDropping() {
  const sign = byId("drop");
  let depth = 0;
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  window.addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    sign.hidden = false;
  });
  window.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) sign.hidden = true;
  });
  window.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  window.addEventListener("drop", async (event) => {
    depth = 0;
    sign.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    take(await dropped(event.dataTransfer));
  });
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  for (const entry of entries) await collect(entry, "", found, entries.length === 1);
  return found;
}

async function collect(entry, prefix, found, top) {
  if (found.length > 1000) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path: prefix + entry.name });
    return;
  }
  const reader = entry.createReader();
  const inside = top ? prefix : `${prefix}${entry.name}/`;
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const each of some) await collect(each, inside, found, false);
  }
}

/** Take files: `[{file, path}]`. */
export async function take(given) {
  const files = given.filter(({ path }) => !IGNORED.test(path));
  if (!files.length) return;
  const documents = files.filter(({ path }) => DOCUMENTS.test(path) && !path.includes("/"));
  const named = documents.filter(({ path }) => MAIN.test(path));
  const main = documents.length === 1 ? documents[0] : named.length === 1 ? named[0] : null;
  if (documents.length > 1 && !main) {
    tell("notice", { key: "opened.many", values: { n: documents.length }, level: "error" });
    return;
  }
  if (main && !(await openDocument(main.file))) return;
  let added = 0;
  for (const { file, path } of files) {
    if (file === main?.file) continue;
    if (file.size > MAX_SENT_BYTES) {
      const limit = Math.floor(MAX_SENT_BYTES / 1048576);
      tell("notice", { key: "error.large", values: { name: file.name, limit }, level: "error" });
      continue;
    }
    addMedia(pathFor(safePath(path)), file);
    added += 1;
  }
  reviveMedia();
  changed();
  tell("media-changed");
  if (added && !main) tell("view", "media");
}

/** The path by which the article already names a file, or its own. */
function pathFor(path) {
  const name = path.split("/").pop().toLowerCase();
  const asked = state.media.find((item) => !item.file && item.path === path);
  const alike = state.media.find((item) => !item.file && item.path.split("/").pop().toLowerCase() === name);
  return (asked ?? alike)?.path ?? freePath(path);
}

async function openDocument(file) {
  const form = new FormData();
  form.append("files", file, file.name);
  form.append("policy", state.policy);
  tell("checking", { running: true });
  let shown;
  try {
    const answer = await send("POST", "page/open", { body: form, onprogress: (share) => tell("sending", share) });
    shown = JSON.parse(await answer.body.text());
  } catch (error) {
    tell("checking", { running: false });
    tell("failed", error);
    return false;
  }
  tell("checking", { running: false });
  forgetMedia();
  forgetIgnored();
  Object.assign(state, { full: null, text: null, findings: [], fileFindings: [], active: null });
  for (const each of shown.media) {
    const data = each.data ? bytesOf(each) : null;
    if (!each.remote) addMedia(each.path, data, { ...each, featured: each.role === "featured" });
  }
  setFields({ ...shown.fields, title: shown.heads.title?.text, sapo: shown.heads.sapo?.text });
  setBody(...elementsOf(shown.blocks, shown.media));
  const head = Object.entries(shown.heads).map(([name, each]) => [name, each.id]);
  state.original = {
    file,
    format: shown.format,
    ending: file.name.slice(file.name.lastIndexOf(".")),
    heads: Object.fromEntries(head),
    shown: shown.blocks.map((each) => each.id),
  };
  tell("opened");
  return true;
}

function bytesOf({ data, path }) {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const ending = path.split(".").pop().toLowerCase();
  const kinds = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", gif: "image/gif", webp: "image/webp" };
  return new File([bytes], path.split("/").pop(), { type: kinds[ending] ?? "application/octet-stream" });
}


