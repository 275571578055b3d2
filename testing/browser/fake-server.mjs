// The page's server, with figures that a test chooses: what a real one shows only on a bad day. The files are the real ones.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const FILES = new URL("../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/", import.meta.url);
const TYPES = { html: "text/html;charset=utf-8", css: "text/css;charset=utf-8", mjs: "text/javascript;charset=utf-8", svg: "image/svg+xml" };

/** As io.zoomws.server.http.Dashboard sends it. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';" +
  " frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export class FakeServer {
  /** {token: what is asked for, role, failing: a path that is answered with 500, status(), gaps(subscription), parked(plugin), entries} */
  scenario;
  /** [{path, body}] */
  posts = [];
  /** [{path, query, authorization}] of streams. */
  streams = [];
  #open = new Set();
  #server;

  static async start(scenario) {
    const fake = new FakeServer();
    fake.scenario = scenario;
    await fake.listen(0);
    return fake;
  }

  /** The same port again, so that the page finds it. */
  async listen(port) {
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    this.port = this.#server.address().port;
  }

  get address() {
    return "http://127.0.0.1:" + this.port + "/";
  }

  /** Sends entries to whoever follows. */
  send(...entries) {
    for (const response of this.#open) {
      for (const entry of entries) {
        response.write("id: " + entry.sequence + "\nevent: " + entry.kind + "\ndata: " + JSON.stringify(entry) + "\n\n");
      }
    }
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.address);
    const path = url.pathname;
    const file = path === "/" ? "index.html" : path.startsWith("/assets/") ? path.slice(8) : null;
    if (file !== null) {
      return this.#file(response, file);
    }
    if (this.scenario.token && request.headers.authorization !== "Bearer " + this.scenario.token) {
      return json(response, 401, { type: "about:blank", title: "Unauthorized", status: 401, detail: "a token is needed" });
    }
    if (path === this.scenario.failing) {
      return json(response, 500, { type: "about:blank", title: "Internal Server Error", status: 500, detail: "the log of the server says more" });
    }
    if (request.method === "POST") {
      return this.#post(request, response, path);
    }
    if (path === "/api/v1/events/stream") {
      return this.#stream(request, response, url);
    }
    const answer = this.#get(path, url.searchParams);
    return answer ? json(response, 200, answer) : json(response, 404, { status: 404, title: "Not Found", detail: "not here" });
  }

  #get(path, query) {
    const { scenario } = this;
    switch (path) {
      case "/api/v1/session":
        return { role: scenario.role ?? "operate", authenticated: Boolean(scenario.token) };
      case "/api/v1/openapi.json":
        return { paths: { "/api/v1/plugins/{name}/replay": {} } };
      case "/api/v1/status":
        return scenario.status();
      case "/api/v1/gaps": {
        const from = Number(query.get("from"));
        const gaps = scenario.gaps(query.get("subscription")).filter((gap) => gap.sequence >= from);
        return { subscription: query.get("subscription"), gaps, next: null };
      }
      case "/api/v1/parked":
        return { parked: scenario.parked?.(query.get("plugin")) ?? [], next: null };
      default:
        return null;
    }
  }

  async #post(request, response, path) {
    let text = "";
    for await (const piece of request) {
      text += piece;
    }
    this.posts.push({ path, type: request.headers["content-type"], body: JSON.parse(text) });
    const answer = this.scenario.post?.(path, JSON.parse(text)) ?? { status: 202, body: { text: "done: " + path } };
    json(response, answer.status, answer.body);
  }

  #stream(request, response, url) {
    this.streams.push({ query: url.searchParams, lastId: request.headers["last-event-id"], authorization: request.headers.authorization });
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(": hello\n\n");
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    this.scenario.entries?.().forEach((entry) => this.send(entry));
  }

  #file(response, name) {
    let content;
    try {
      content = readFileSync(new URL(name, FILES));
    } catch {
      return json(response, 404, { status: 404 });
    }
    response.writeHead(200, { "Content-Type": TYPES[name.split(".").pop()], "Content-Security-Policy": CSP, "Cache-Control": "no-store" });
    response.end(content);
  }
}

function json(response, status, document) {
  response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(document));
}
