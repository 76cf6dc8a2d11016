// What can be taken away: the report, the fixed file, the article, and the article for a CMS.

import { send } from "./api.js";
import { currentArticle, wholeRequest } from "./article.js";
import { byId, save } from "./dom.js";
import { blockTexts, body, fieldValues } from "./editor.js";
import { escaped, readBody } from "./model.js";
import { waiverText } from "./ignore.js";
import { state, tell } from "./state.js";
import { lang, t } from "./words.js";

const META = ["author", "category", "kind", "published_at", "approved_by", "source", "source_url", "consent_ids", "ai_generated"];

export function startDownloads() {
  const list = byId("menu-list");
  const button = byId("menu");
  const close = () => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.querySelector("button").focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) close();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    button.focus();
  });
  const does = {
    "get-report": report,
    "get-fixed": () => fixed(false),
    "get-safe": () => fixed(true),
    "get-article": article,
    "copy-article": copyArticle,
    "copy-waivers": () => copy({ "text/plain": waiverText() }),
    "save-waivers": () => save(new Blob([waiverText()], { type: "application/yaml" }), "qc-waivers.yaml"),
  };
  for (const [id, work] of Object.entries(does)) {
    byId(id).addEventListener("click", async () => {
      close();
      try {
        await work();
      } catch (error) {
        tell("refused", error);
      }
    });
  }
}

export function showDownloads() {
  for (const [id, key] of [["get-fixed", "menu.fixed"], ["get-safe", "menu.safe"]]) {
    const fits = state.original !== null;
    byId(id).hidden = !fits;
    byId(id).textContent = fits ? t(key, { ending: state.original.ending }) : "";
  }
}

/** The report ofthe article as it is now, with its pictures: one page that needs nothing else. */
async function report() {
  const { article, blank } = currentArticle();
  if (blank) return tell("notice", { key: "report.none", level: "error" });
  tell("checking", { running: true, whole: true });
  try {
    const { body: sent, type } = wholeRequest(article);
    const answer = await send("POST", "page/report", { body: sent, type, onprogress: (share) => tell("sending", share) });
    return save(answer.body, `${stem()}-bao-cao.html`);
  } finally {
    tell("checking", { running: false });
  }
}

async function fixed(safe) {
  const { file, ending } = state.original;
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("policy", state.policy);
  form.append("lang", lang());
  if (!safe) {
    const { texts, added } = blockTexts();
    form.append("texts", JSON.stringify(texts));
    form.append("added", String(added));
  }
  const answer = await send("POST", "page/fixed", { body: form });
  const [, made, left] = /made=(\d+); left=(\d+)/.exec(answer.header("x-qc-changes") ?? "") ?? ["", "0", "0"];
  save(answer.body, `${stem()}-da-sua${ending}`);
  const done = ending.toLowerCase() === ".docx" ? "fixed.tracked" : "fixed.done";
  tell("notice", { key: done, values: { made } });
  if (Number(left)) tell("notice", { key: "fixed.left", values: { left }, level: "error" });
}

function article() {
  save(new Blob([wholePage()], { type: "text/html" }), `${stem()}.html`);
}

/** The article as a page that qc reads again, with its fields as meta elements. */
function wholePage() {
  const values = fieldValues();
  const metas = META.filter((name) => values[name]).map(
    (name) => `<meta name="${name}" content="${escaped(values[name])}">`,
  );
  if (values.sapo) metas.unshift(`<meta name="description" content="${escaped(values.sapo)}">`);
  const title = escaped(values.title ?? "");
  const head = `<meta charset="utf-8">\n<title>${title}</title>\n${metas.join("\n")}`;
  const inside = `<h1>${title}</h1>\n${readBody(body).html}`;
  return `<!DOCTYPE html>\n<html lang="vi">\n<head>\n${head}\n</head>\n<body>\n${inside}\n</body>\n</html>\n`;
}

async function copyArticle() {
  const values = fieldValues();
  const sapo = values.sapo ? `<p><strong>${escaped(values.sapo)}</strong></p>` : "";
  const { html, model } = readBody(body);
  const plain = [values.title, values.sapo, model.text].filter(Boolean).join("\n\n");
  await copy({ "text/html": sapo + html, "text/plain": plain });
}

async function copy(kinds) {
  const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  tell("notice", { key: "copied" });
}

const stem = () => {
  const name = state.original?.file.name.replace(/\.[^.]*$/, "") ?? fieldValues().title ?? "bai-viet";
  return name.replace(/[\u0000-\u001f\\/:*?"<>|]/g, " ").trim().slice(0, 80) || "bai-viet";
};
