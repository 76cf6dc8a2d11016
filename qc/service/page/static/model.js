// The text of a field as the service reads it, character by character, with the way back to the
// nodes of the page; and the body as HTML in which every letter stays where the model has it.

import { BLOCKS, safeHref } from "./sanitise.js";

const INLINE = new Set("b strong i em u sub sup a".split(" "));
const ALSO_BLOCKS = new Set(["div", ...BLOCKS]);
const LETTER = /[\p{L}\p{N}]/u;
const isSpace = (sign) => sign === " " || sign === "\t" || sign === "\r" || sign === "\f";

/** Text with the node and offset of each UTF-16 unit (null for a gap the service puts in). */
export class TextModel {
  constructor() {
    this.text = "";
    this.nodes = [];
    this.offsets = [];
  }

  push(sign, node, offset) {
    this.text += sign;
    this.nodes.push(node);
    this.offsets.push(offset);
  }

  /** UTF-16 offset of a code point offset. */
  unit(point) {
    if (this.starts === undefined) {
      this.starts = null;
      if (/[\ud800-\udbff]/.test(this.text)) {
        this.starts = [];
        let at = 0;
        for (const sign of this.text) {
          this.starts.push(at);
          at += sign.length;
        }
      }
    }
    if (this.starts === null) return Math.min(point, this.text.length);
    return this.starts[point] ?? this.text.length;
  }

  /** The range of the page that holds text[start:end]; null where there is none. */
  range(start, end) {
    let from = start;
    let to = end;
    while (from < to && this.nodes[from] === null) from += 1;
    while (to > from && this.nodes[to - 1] === null) to -= 1;
    const range = document.createRange();
    const at = this.nodes[from] ?? null;
    if (from < to || at !== null) {
      if (!at?.isConnected) return null;
      range.setStart(at, Math.min(this.offsets[from], at.length));
      if (from === to) return range;
      const last = this.nodes[to - 1];
      if (!last.isConnected) return null;
      range.setEnd(last, Math.min(this.offsets[to - 1] + 1, last.length));
      return range;
    }
    const before = this.nodes[from - 1] ?? null;
    if (!before?.isConnected) return null;
    range.setStart(before, Math.min(this.offsets[from - 1] + 1, before.length));
    return range;
  }
}

/** The model of a field of plain text: title, summary. */
export function plainModel(root) {
  const whole = new TextModel();
  textUnits(root, (sign, node, offset) => whole.push(sign, node, offset));
  const lead = whole.text.length - whole.text.trimStart().length;
  const model = new TextModel();
  const end = lead + whole.text.trim().length;
  model.text = whole.text.slice(lead, end);
  model.nodes = whole.nodes.slice(lead, end);
  model.offsets = whole.offsets.slice(lead, end);
  return model;
}

function textUnits(root, give) {
  for (const node of root.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      for (let i = 0; i < node.data.length; i += 1) give(node.data[i], node, i);
    } else if (node.localName === "br") give("\n", null, 0);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      if (ALSO_BLOCKS.has(node.localName) && node.previousSibling) give("\n", null, 0);
      textUnits(node, give);
    }
  }
}

/** The words of a block as they stand on the page, for the fixed file. */
export function plainText(root) {
  let text = "";
  textUnits(root, (sign) => {
    text += sign;
  });
  return text;
}

/** `{model, html}` of the body: what is sent, and the text that the service will read in it. */
export function readBody(root) {
  const reader = new BodyReader();
  reader.children(root);
  reader.flush();
  return { model: reader.model, html: reader.html };
}

class BodyReader {
  constructor() {
    this.model = new TextModel();
    this.html = "";
    this.block = new TextModel();
    this.parts = false;
    this.raw = false; // inside <pre>, where every space stays
  }

  get last() {
    return this.block.text.at(-1) ?? "";
  }

  children(root) {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.textNode(node);
      else if (node.nodeType === Node.ELEMENT_NODE) this.element(node);
    }
  }

  element(node) {
    const name = node.localName;
    if (name === "br") return this.lineBreak(null, 0);
    if (node.dataset.path !== undefined) {
      this.html += `<img src="${escaped(node.dataset.path)}">`;
      this.parts = true;
      return undefined;
    }
    if (ALSO_BLOCKS.has(name)) return this.blockElement(node, name === "div" ? "p" : name);
    if (!INLINE.has(name)) return this.children(node);
    if (name === "a") return this.anchor(node);
    this.html += `<${name}>`;
    this.children(node);
    this.html += `</${name}>`;
    return undefined;
  }

  anchor(node) {
    const href = safeHref(node.getAttribute("href") ?? "");
    this.parts = true;
    this.html += href ? `<a href="${escaped(href)}">` : "<a>";
    this.children(node);
    this.html += "</a>";
    this.parts = true;
  }

  blockElement(node, name) {
    this.flush();
    const spans = ["colspan", "rowspan"]
      .filter((each) => /^\d{1,3}$/.test(node.getAttribute(each) ?? ""))
      .map((each) => ` ${each}="${node.getAttribute(each)}"`);
    this.html += `<${name}${spans.join("")}>`;
    this.raw = name === "pre";
    this.children(node);
    this.flush();
    this.raw = false;
    this.html += `</${name}>`;
  }

  textNode(node) {
    for (let i = 0; i < node.data.length; i += 1) {
      const sign = node.data[i];
      if (this.raw) this.letter(sign, node, i);
      else if (sign === "\n") this.lineBreak(node, i);
      else if (isSpace(sign)) this.space(sign, node, i);
      else this.letter(sign, node, i);
    }
  }

  letter(sign, node, offset) {
    if (this.parts && LETTER.test(sign) && LETTER.test(this.last)) this.block.push(" ", null, 0);
    this.parts = false;
    this.block.push(sign, node, offset);
    this.html += sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign;
  }

  /** One space as it is; further ones as references, which no reader of HTML drops. */
  space(sign, node, offset) {
    const before = this.last;
    if (before === "" || before === "\n") return;
    this.parts = false;
    this.block.push(sign, node, offset);
    this.html += sign === " " && !isSpace(before) ? " " : `&#${sign.charCodeAt(0)};`;
  }

  lineBreak(node, offset) {
    this.cut([" "]);
    this.block.push("\n", node, offset);
    this.html += "<br>";
  }

  cut(signs) {
    while (this.last !== "" && signs.includes(this.last)) {
      this.block.text = this.block.text.slice(0, -1);
      this.block.nodes.pop();
      this.block.offsets.pop();
    }
  }

  flush() {
    if (!this.raw) this.cut([" ", "\n"]);
    const { block, model } = this;
    this.block = new TextModel();
    this.parts = false;
    if (!block.text.trim()) return;
    if (model.text) model.push("\n", null, 0);
    model.text += block.text;
    for (const each of block.nodes) model.nodes.push(each);
    for (const each of block.offsets) model.offsets.push(each);
  }
}

export function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
