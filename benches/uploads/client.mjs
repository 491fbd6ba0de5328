// A client for measuring on loopback: bare sockets that stay open, bodies that are sent as they are and counted as they come.
import { connect } from "node:net";

export class Line {
  constructor(port) {
    this.head = Buffer.alloc(0);
    this.left = 0;
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (part) => this.take(part));
    this.socket.on("error", (error) => this.failed?.(error));
    this.socket.on("close", () => this.failed?.(new Error("the server closed the line")));
    this.opened = new Promise((opened, failed) => { this.socket.once("connect", opened); this.failed = failed; });
  }

  take(part) {
    if (this.left > 0) {
      this.left -= part.length;
      if (this.left <= 0) this.answered(this.answer);
      return;
    }
    this.head = this.head.length ? Buffer.concat([this.head, part]) : part;
    const end = this.head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const text = this.head.toString("latin1", 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
    this.left = length - (this.head.length - end - 4);
    this.answer = { status: Number(text.slice(9, 12)), text, length, body: this.head.subarray(end + 4) };
    this.head = Buffer.alloc(0);
    if (this.left <= 0) this.answered(this.answer);
  }

  ask(method, path, headers = {}, body) {
    const all = { host: "127.0.0.1", ...(body && { "content-length": body.length }), ...headers };
    const head = `${method} ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    return new Promise((answered, failed) => {
      this.answered = answered;
      this.failed = failed;
      this.left = 0;
      this.socket.write(head);
      if (body) this.socket.write(body);
    });
  }

  close() {
    this.failed = undefined;
    this.socket.destroy();
  }
}

export const header = (answer, name) => new RegExp(`\\r\\n${name}: ([^\\r]*)`, "i").exec(answer.text)?.[1] ?? "";

const base64 = (text) => Buffer.from(text).toString("base64");

// One file in parts, each acknowledged before the next is sent.
export async function tus(port, endpoint, headers, metadata, pieces, length) {
  const line = new Line(port);
  await line.opened;
  const common = { "tus-resumable": "1.0.0", ...headers };
  const given = Object.entries(metadata).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const begun = await line.ask("POST", endpoint, { ...common, "upload-length": length, "upload-metadata": given, "content-length": 0 });
  if (begun.status !== 201) throw new Error(`not begun: ${begun.status} ${begun.body}`);
  const path = header(begun, "location").replace(/^https?:\/\/[^/]+/, "");
  let offset = 0;
  for (const piece of pieces) {
    const answer = await line.ask("PATCH", path, { ...common, "content-type": "application/offset+octet-stream", "upload-offset": offset }, piece);
    if (answer.status !== 204) throw new Error(`not taken at ${offset}: ${answer.status} ${answer.body}`);
    offset += piece.length;
  }
  line.close();
}

// The same bytes as WebDAV takes them: a file for each part.
export async function put(port, path, pieces) {
  const line = new Line(port);
  await line.opened;
  for (const [n, piece] of pieces.entries()) {
    const answer = await line.ask("PUT", `${path}-${n}`, {}, piece);
    if (![201, 204].includes(answer.status)) throw new Error(`not put: ${answer.status}`);
  }
  line.close();
}

export function cut(bytes, size) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}
