// A small HTTP/1.1 client for measuring on loopback: bare sockets that stay open, a bounded number of requests.
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

// How many bytes of `held` the first answer takes, or 0 while it is not whole.
function length(held) {
  const head = held.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  const headers = held.toString("latin1", 0, head).toLowerCase();
  const sized = headers.match(/\r\ncontent-length: (\d+)/);
  if (sized) return held.length >= head + 4 + Number(sized[1]) ? head + 4 + Number(sized[1]) : 0;
  if (!headers.includes("\r\ntransfer-encoding: chunked")) return head + 4;
  for (let at = head + 4; ;) {
    const line = held.indexOf("\r\n", at);
    if (line < 0) return 0;
    const size = parseInt(held.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (held.length < at) return 0;
    if (size === 0) return at;
  }
}

class Line {
  constructor(port) {
    this.held = Buffer.alloc(0);
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (part) => {
      this.held = this.held.length ? Buffer.concat([this.held, part]) : part;
      const whole = length(this.held);
      if (!whole) return;
      const answer = this.held.subarray(0, whole);
      this.held = this.held.subarray(whole);
      this.answered(answer);
    });
    this.socket.on("error", (error) => this.failed?.(error));
    this.socket.on("close", () => this.failed?.(new Error("the server closed the line")));
    this.opened = new Promise((opened, failed) => { this.socket.once("connect", opened); this.failed = failed; });
  }

  ask(request) {
    return new Promise((answered, failed) => {
      this.answered = answered;
      this.failed = failed;
      this.socket.write(request);
    });
  }

  close() {
    this.failed = undefined;
    this.socket.destroy();
  }
}

export function request(method, path, { cookie = "", headers = {}, body = "" } = {}) {
  const all = { Host: "127.0.0.1", ...(cookie && { Cookie: cookie }), ...headers };
  if (method !== "GET") all["Content-Length"] = Buffer.byteLength(body);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`);
}

export const statusOf = (answer) => Number(answer.toString("latin1", 9, 12));

// Asks `count` times over `lines` sockets; `make(line)` gives the next request of a line and `heard(line, answer)` is told what
// came back. Answers outside `expected` are errors.
export async function load({ port, make, heard, count, lines = 1, expected = [200] }) {
  const open = Array.from({ length: lines }, () => new Line(port));
  await Promise.all(open.map((line) => line.opened));
  const took = [];
  const errors = new Map();
  let next = 0;
  let bytes = 0;
  const began = performance.now();
  await Promise.all(open.map(async (line, number) => {
    while (next < count) {
      next += 1;
      const asked = make(number);
      const start = performance.now();
      try {
        const answer = await line.ask(asked);
        took.push(performance.now() - start);
        bytes += answer.length;
        const status = statusOf(answer);
        if (!expected.includes(status)) errors.set(status, (errors.get(status) ?? 0) + 1);
        heard?.(number, answer);
      } catch (error) {
        errors.set(error.message, (errors.get(error.message) ?? 0) + 1);
        return;
      }
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  open.forEach((line) => line.close());
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
  return {
    count: took.length, seconds, perSecond: took.length / seconds, median: at(0.5), p95: at(0.95), bytes: Math.round(bytes / took.length),
    errors: [...errors].map(([what, times]) => `${times} x ${what}`).join(", "), errorCount: [...errors.values()].reduce((sum, times) => sum + times, 0),
  };
}
