// The built server, a simulated Zoom, and a plugin that fails now and then, in a folder of their own.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = fileURLToPath(new URL("target/work/", import.meta.url));

export class RealServer {
  #processes = new Map();

  static async start() {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const real = new RealServer();
    real.zoomPort = await freePort();
    real.port = await freePort();
    buildPlugin();
    real.mend(false);
    writeFileSync(FOLDER + "zoom-ws.yaml", configuration(real.zoomPort, real.port));
    try {
      real.#spawn("simulate", "simulate", "--port", String(real.zoomPort), "--rate", "20/s");
      await real.run();
      return real;
    } catch (e) {
      await real.close();
      throw e;
    }
  }

  get address() {
    return "http://127.0.0.1:" + this.port + "/";
  }

  /** Starts the server, and waits until it answers. */
  async run() {
    const server = this.#spawn("run", "run");
    for (;;) {
      try {
        await fetch(this.address + "health/live");
        return;
      } catch {
        if (server.exitCode !== null) {
          throw new Error("the server ended with " + server.exitCode);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  stop() {
    return this.#end("run");
  }

  async close() {
    await this.#end("run");
    await this.#end("simulate");
  }

  /** Whether the plugin works. */
  mend(works) {
    works ? rmSync(FOLDER + "broken") : writeFileSync(FOLDER + "broken", "");
  }

  /** Has the simulated Zoom send an event. */
  async send(event) {
    await this.#post("events", JSON.stringify(event));
  }

  /** Makes something go wrong, see zoom-ws-simulator/FAULTS.md. */
  async fault(script) {
    await this.#post("faults", script);
  }

  async #post(path, body) {
    const answer = await fetch("http://127.0.0.1:" + this.zoomPort + "/" + path, { method: "POST", body });
    if (!answer.ok) {
      throw new Error(path + ": " + answer.status + " " + (await answer.text()));
    }
  }

  #spawn(name, ...args) {
    const child = spawn(ROOT + "zoom-ws", args, { cwd: FOLDER, stdio: ["ignore", "ignore", "inherit"] });
    this.#processes.set(name, child);
    return child;
  }

  async #end(name) {
    const child = this.#processes.get(name);
    this.#processes.delete(name);
    if (child && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
  }
}

function configuration(zoomPort, port) {
  return `zoomws:
  data: ./data
  subscriptions:
    main:
      id: SimulatedSubscription1
      client-id: simulated-client-id
      client-secret: simulated-client-secret
      account-id: simulated-account-id
      token-url: http://127.0.0.1:${zoomPort}/oauth/token
      websocket-url: ws://127.0.0.1:${zoomPort}/ws
  http: { port: ${port} }
  plugin-path: [plugins]
  plugins:
    fickle: { start: earliest }
`;
}

/** By hand, as docs/write-a-plugin.md has it. */
function buildPlugin() {
  const spi = readdirSync(ROOT + "zoom-ws-spi/target").find((name) => /^zoom-ws-spi-[\d.]+(-SNAPSHOT)?\.jar$/.test(name));
  const run = (command, ...args) => execFileSync(command, args, { cwd: FOLDER, stdio: "inherit" });
  run("javac", "--release", "17", "-cp", ROOT + "zoom-ws-spi/target/" + spi, "-d", "classes", ROOT + "testing/browser/Fickle.java");
  mkdirSync(FOLDER + "classes/META-INF/services", { recursive: true });
  mkdirSync(FOLDER + "plugins/fickle", { recursive: true });
  writeFileSync(FOLDER + "classes/META-INF/services/io.zoomws.spi.EventHandler", "Fickle\n");
  writeFileSync(FOLDER + "manifest.txt", "Zoom-Ws-Spi-Level: 1\n");
  run("jar", "--create", "--file", "plugins/fickle/fickle.jar", "--manifest", "manifest.txt", "-C", "classes", ".");
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
