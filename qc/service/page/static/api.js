// Requests to the service that gave this page: with the token where it asks for one, with progress
// for what is large, and with errors as words.

import { t, lang } from "./words.js";

const TOKEN = "qc-token";
const remembered = () => {
  try {
    return sessionStorage.getItem(TOKEN) ?? "";
  } catch {
    return "";
  }
};
let token = remembered();

export const hasToken = () => token !== "";

export function setToken(value) {
  token = value;
  try {
    if (value) sessionStorage.setItem(TOKEN, value);
    else sessionStorage.removeItem(TOKEN);
  } catch {
    // a browser without storage: the token lasts as long as the page
  }
}

/** What went wrong, in words for an editor. `status` 0: the service was not reached. */
export class ServiceError extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Send a request; `{status, body: Blob, header(name)}`. Raises ServiceError. */
export function send(method, path, { body = null, type = null, signal = null, onprogress = null } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.responseType = "blob";
    request.setRequestHeader("Accept-Language", lang());
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    if (type) request.setRequestHeader("Content-Type", type);
    if (onprogress) {
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) onprogress(event.loaded / event.total);
      });
    }
    request.addEventListener("load", async () => {
      const { status, response } = request;
      const header = (name) => request.getResponseHeader(name);
      if (status >= 200 && status < 300) resolve({ status, body: response, header });
      else reject(await refusal(status, response, header));
    });
    request.addEventListener("error", () => reject(new ServiceError(0, t("error.down"))));
    request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

export async function getJson(path, options = {}) {
  const answer = await send("GET", path, options);
  return JSON.parse(await answer.body.text());
}

async function refusal(status, blob, header) {
  let message = "";
  try {
    const { error } = JSON.parse(await blob.text());
    message = lang() === "vi" ? error.message : [error.what, error.remedy].filter(Boolean).join(". ");
  } catch {
    message = `${t("error.down")} (${status})`;
  }
  return new ServiceError(status, String(message).slice(0, 500), Number(header("retry-after")) || 0);
}
