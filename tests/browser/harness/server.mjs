// One server of the program for a story: on a free port, with a fresh data folder, ended with the story.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.HOITHI_BIN ?? join(target, "debug/hoithi");

export const freePort = () => new Promise((found, failed) => {
  const listener = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
    const { port } = listener.address();
    listener.close(() => found(port));
  });
});

// The settings of whoever runs the tests, and a .env in the folder they stand in, have no say.
function settings(data, port, more) {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH, HOME, ...(TMPDIR && { TMPDIR }), HOITHI_LISTEN: `127.0.0.1:${port}`, HOITHI_DATA: data,
    HOITHI_BASE_URL: `http://127.0.0.1:${port}`, HOITHI_SECRET: "a secret for stories only, of 64 letters and signs, no more, no less!", ...more,
  };
}

export async function run(data, port, words, input = "", more = {}) {
  const child = spawn(program, words, { cwd: data, env: settings(data, port, more) });
  let said = "";
  child.stdout.on("data", (part) => { said += part; });
  child.stderr.on("data", (part) => { said += part; });
  child.stdin.end(input);
  const code = await new Promise((ended, failed) => child.once("error", failed).once("close", ended));
  if (code !== 0) throw new Error(`hoithi ${words.join(" ")} ended with ${code}:\n${said}`);
  return said;
}

// `words` are the program's own: ["serve"], or ["demo", …]. `prepare(run)` may call the program before it serves. `more` are
// further settings.
export async function startServer({ words = ["serve"], prepare, more = {}, patience = 120 } = {}) {
  const data = await mkdtemp(join(tmpdir(), "hoithi-story-"));
  const port = await freePort();
  if (prepare) await prepare((given, input) => run(data, port, given, input, more));
  const all = words[0] === "demo" ? [...words, "--port", `${port}`, "--data", data] : words;
  const lines = [];
  let child;
  let ended;
  const begin = (with_words) => {
    ended = undefined;
    const started = spawn(program, with_words, { cwd: data, env: settings(data, port, more), stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (part) => { lines.push(`${part}`); if (lines.length > 2000) lines.shift(); });
    // A test that breaks off must not leave its server behind.
    const end = () => started.kill("SIGKILL");
    process.once("exit", end);
    started.once("error", (error) => { ended = error.message; });
    started.once("close", (code, signal) => {
      process.removeListener("exit", end);
      if (child === started) ended ??= `code ${code ?? signal}`;
    });
  };
  begin(all);

  const server = {
    address: `http://127.0.0.1:${port}`,
    data,
    pid: child.pid,
    said: () => lines.join(""),
    // As when the power fails; afterwards it can be started again on the same data, at the same address.
    async kill() {
      child.kill("SIGKILL");
      while (!ended) await pause(10);
    },
    async startAgain() {
      begin(["serve"]);
      server.pid = child.pid;
      await ready();
    },
    async stop() {
      if (!ended) {
        child.kill("SIGTERM");
        for (let tries = 0; !ended && tries < 100; tries += 1) await pause(50);
        if (!ended) child.kill("SIGKILL");
      }
      await rm(data, { recursive: true, force: true });
    },
  };
  const ready = async () => {
    for (const until = Date.now() + patience * 1000; ;) {
      if (ended) throw new Error(`the server ended (${ended}):\n${server.said()}`);
      if (Date.now() > until) {
        await server.stop();
        throw new Error(`the server was not ready in ${patience} s:\n${server.said()}`);
      }
      const answer = await fetch(`${server.address}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await pause(100);
    }
  };
  await ready();
  return server;
}
