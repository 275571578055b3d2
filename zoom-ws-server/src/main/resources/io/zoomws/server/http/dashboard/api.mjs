// Asks the server. The token is kept for this tab only, and sent as a header only.

import { EventParser } from "./sse.mjs";

const TOKEN = "zoom-ws-token";
const TIMEOUT_MILLIS = 8_000;
/** An action waits for the plugin to end what it is busy with. */
const ACTION_MILLIS = 20_000;
/** A stream says something at least this often, be it a comment. */
const SILENCE_MILLIS = 40_000;

/** What the server answered instead of what was asked for; status 0: it did not answer. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function signedIn() {
  return sessionStorage.getItem(TOKEN) !== null;
}

export function signIn(token) {
  sessionStorage.setItem(TOKEN, token);
}

export function signOut() {
  sessionStorage.removeItem(TOKEN);
}

/** GET: the JSON document. */
export function get(path, query = {}) {
  return ask(path, query, { method: "GET" }, TIMEOUT_MILLIS);
}

/** POST of JSON: the JSON document, or null if there is none. */
export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return ask(path, {}, { method: "POST", headers, body: JSON.stringify(body) }, ACTION_MILLIS);
}

async function ask(path, query, options, millis) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), millis);
  try {
    const answer = await send(path, query, { ...options, signal: end.signal });
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  } catch (e) {
    throw e instanceof Refused ? e : new Refused(0, "the server did not answer");
  } finally {
    clearTimeout(timer);
  }
}

async function send(path, query, options) {
  const address = new URL("api/v1/" + path, document.baseURI);
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      address.searchParams.append(key, one);
    }
  }
  const headers = { Accept: "application/json", ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token !== null) {
    headers.Authorization = "Bearer " + token;
  }
  const answer = await fetch(address, { ...options, headers, cache: "no-store", credentials: "omit", redirect: "error" });
  if (!answer.ok) {
    throw new Refused(answer.status, await detail(answer));
  }
  return answer;
}

async function detail(answer) {
  try {
    const problem = await answer.json();
    return String(problem.detail ?? problem.title);
  } catch {
    return "the server answered " + answer.status;
  }
}

/**
 * Reads a stream of events until it ends or the signal says so; event is called for each, opened once when there is an answer.
 * Ends by itself when nothing has come for too long.
 */
export async function stream(path, query, lastId, signal, opened, event) {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener("abort", stop);
  let timer = setTimeout(stop, SILENCE_MILLIS);
  try {
    const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
    const answer = await send(path, query, { method: "GET", headers, signal: end.signal });
    opened();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_MILLIS);
      parser.push(value).forEach(event);
    }
  } catch (e) {
    throw e instanceof Refused ? e : new Refused(0, "the stream broke");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    end.abort();
  }
}
