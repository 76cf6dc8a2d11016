// The editor: title, summary and body that are written in, and the fields beside them.

import { byId, el } from "./dom.js";
import { plainModel, plainText, readBody } from "./model.js";
import { clean, safeHref, serialised } from "./sanitise.js";
import { state, tell } from "./state.js";

const body = byId("body");
const heads = { title: byId("title"), sapo: byId("sapo") };
const inputs = [...document.querySelectorAll("#fields input, #fields select")];
const TOOLS = {
  bold: () => command("bold"),
  italic: () => command("italic"),
  heading: () => command("formatBlock", currentBlock() === "h2" ? "p" : "h2"),
  list: () => command("insertUnorderedList"),
  undo: () => command("undo"),
  redo: () => command("redo"),
};

export function command(name, value = undefined) {
  return document.execCommand(name, false, value);
}

const currentBlock = () => String(document.queryCommandValue("formatBlock")).toLowerCase();

export function startEditor() {
  command("defaultParagraphSeparator", "p");
  for (const root of [...Object.values(heads), body]) {
    root.addEventListener("input", () => changed());
    root.addEventListener("paste", (event) => paste(event, root));
    root.addEventListener("drop", (event) => event.preventDefault());
  }
  heads.title.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  for (const root of Object.values(heads)) {
    root.addEventListener("beforeinput", (event) => {
      if (event.inputType.startsWith("format")) event.preventDefault();
    });
  }
  for (const input of inputs) input.addEventListener("input", () => changed());
  for (const button of document.querySelectorAll("[data-tool]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (!body.contains(document.activeElement)) body.focus();
      TOOLS[button.dataset.tool]();
    });
  }
  showHints();
}

/** Something was written: the hints, the draft and the check follow. */
export function changed() {
  state.version += 1;
  showHints();
  tell("changed");
}

function showHints() {
  for (const root of [...Object.values(heads), body]) {
    const bare = !root.textContent.trim() && !root.querySelector("img, table, li");
    root.classList.toggle("empty", bare && root.childElementCount <= 1);
  }
}

function paste(event, root) {
  const data = event.clipboardData;
  if (data.files.length && !data.types.includes("text/html")) {
    event.preventDefault();
    tell("files", [...data.files]);
    return;
  }
  event.preventDefault();
  const html = data.getData("text/html");
  if (root !== body || !html) {
    insertText(data.getData("text/plain"), root);
    return;
  }
  const { fragment, removed } = clean(html, pictureOf);
  if (fragment.hasChildNodes()) command("insertHTML", serialised(fragment));
  reviveMedia();
  if (removed) tell("notice", { key: "pasted.cleaned", values: { n: removed } });
}

/** Plain text, with its lines as paragraphs in the body and as spaces in the title. */
function insertText(text, root) {
  const plain = text.replace(/\r\n?/g, "\n");
  if (root === heads.title) command("insertText", plain.replace(/\s*\n\s*/g, " "));
  else if (root === heads.sapo || !plain.includes("\n")) command("insertText", plain);
  else {
    const fragment = document.createDocumentFragment();
    for (const line of plain.split(/\n+/)) if (line.trim()) fragment.append(el("p", { text: line }));
    command("insertHTML", serialised(fragment));
  }
}

/** The picture that stands in the text for a path: a copy on this machine, or a sign. */
export function pictureOf(path, alt = null) {
  const item = state.media.find((each) => each.path === path);
  const picture = el("img", { class: "picture", alt: alt || path, contenteditable: "false" });
  picture.dataset.path = path;
  picture.src = item?.url && item.kind === "image" ? item.url : "page/picture.svg";
  return picture;
}

/** Pictures that came through the clipboard or a draft show their own copy again. */
export function reviveMedia() {
  for (const picture of body.querySelectorAll("img")) {
    const path = picture.dataset.path;
    if (path === undefined) {
      picture.remove();
      continue;
    }
    const item = state.media.find((each) => each.path === path);
    const url = item?.url && item.kind === "image" ? item.url : "page/picture.svg";
    if (picture.getAttribute("src") !== url) picture.src = url;
  }
}

/** The values of all fields by the names of the article schema; empty ones are left out. */
export function fieldValues() {
  const values = {};
  for (const input of inputs) {
    const value = input.value.trim();
    if (value) values[input.name] = value;
  }
  for (const [name, root] of Object.entries(heads)) {
    const text = plainModel(root).text;
    if (text) values[name] = text;
  }
  return values;
}

export function setFields(values) {
  for (const input of inputs) input.value = String(values[input.name] ?? "");
  for (const [name, root] of Object.entries(heads)) setPlain(root, values[name] ?? "");
}

function setPlain(root, text) {
  root.replaceChildren(document.createTextNode(text));
}

/** What is written now: `{html, models}`, with a model for each field that can be marked. */
export function read() {
  const { model, html } = readBody(body);
  return {
    html,
    models: { body: model, title: plainModel(heads.title), sapo: plainModel(heads.sapo) },
  };
}

export function setBody(...nodes) {
  body.replaceChildren(...nodes);
}

/** The blocks of an opened draft as elements: built from words, never from markup. */
export function elementsOf(blocks, media) {
  const out = [];
  let table = null;
  let list = null;
  const loose = media.filter((each) => each.kind === "image");
  for (const block of blocks) {
    for (const each of loose.filter((one) => one.before === block.id)) {
      out.push(el("p", {}, pictureOf(each.path, each.alt)));
    }
    if (block.kind === "cell") {
      if (table?.number !== block.table) {
        table = { number: block.table, node: el("tbody"), row: 0 };
        out.push(el("table", {}, table.node));
      }
      if (block.row !== table.row) {
        table.row = block.row;
        table.node.append(el("tr"));
      }
      table.node.lastElementChild.append(filled(block.header ? "th" : "td", block));
      continue;
    }
    table = null;
    if (block.kind === "list_item") {
      if (list === null) out.push((list = el("ul")));
      list.append(filled("li", block));
      continue;
    }
    list = null;
    out.push(filled(tagOf(block), block));
  }
  for (const each of loose.filter((one) => one.before === null)) {
    out.push(el("p", {}, pictureOf(each.path, each.alt)));
  }
  return out;
}

function tagOf(block) {
  if (block.kind === "heading") return `h${Math.min(Math.max(block.level ?? 2, 2), 4)}`;
  return { quote: "blockquote", code: "pre", caption: "figcaption" }[block.kind] ?? "p";
}

function filled(tag, block) {
  const node = el(tag);
  node.dataset.block = String(block.id);
  const signs = [...block.text];
  let at = 0;
  for (const link of block.links ?? []) {
    const href = safeHref(link.href);
    if (href === null || link.start < at) continue;
    node.append(signs.slice(at, link.start).join(""));
    node.append(el("a", { href, text: signs.slice(link.start, link.end).join("") }));
    at = link.end;
  }
  node.append(signs.slice(at).join(""));
  return node;
}

/** The texts of the blocks of the opened draft as they are now, and how many are new. */
export function blockTexts() {
  const texts = new Map();
  let added = 0;
  for (const [name, id] of Object.entries(state.original.heads)) {
    texts.set(id, plainModel(heads[name]).text);
  }
  const known = new Set(state.original.shown);
  for (const node of body.querySelectorAll("p,h2,h3,h4,li,td,th,blockquote,pre,figcaption,div")) {
    if (node.querySelector("p,li,td,th,div")) continue;
    const id = Number(node.dataset.block ?? "-1");
    const text = plainText(node);
    if (known.has(id) && !texts.has(id)) texts.set(id, text);
    else if (text.trim()) added += 1;
  }
  return { texts: [...texts], added };
}

/** Put other words in the place of a range, so that the browser can undo it. */
export function replaceRange(range, text) {
  const host = [...Object.values(heads), body].find((root) => root.contains(range.startContainer));
  if (!host) return false;
  host.focus({ preventScroll: true });
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return text === "" ? command("delete") : command("insertText", text);
}

export { body, heads, inputs };
