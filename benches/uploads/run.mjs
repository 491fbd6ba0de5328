// scripts/bench uploads | media: the program beside nginx and @tus/server, in turns, in one run on loopback. Every part that the
// program acknowledges is on the disk; the peers leave that to the kernel.
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { untilIdle } from "../pages/idle.mjs";
import { processorMilliseconds, residentMegabytes } from "../pages/process.mjs";
import { Line, cut, put, tus } from "./client.mjs";
import { startNginx, startTusNode } from "./peers.mjs";

const MiB = 1 << 20;
const [what, roundsGiven] = process.argv.slice(2);
const rounds = Number(roundsGiven ?? 3);
process.env.HOITHI_BIN = join(process.env.TARGET, "release/hoithi");
const { startServer, freePort } = await import("../../tests/browser/harness/server.mjs");
const { draft, film, token } = await import("../../tests/browser/harness/draft.mjs");

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const number = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : "");
function table(heading, rows) {
  const all = [heading, ...rows.map((row) => row.map(String))];
  const widths = heading.map((_, n) => Math.max(...all.map((row) => [...row[n]].length)));
  all.splice(1, 0, widths.map((width) => "-".repeat(width)));
  console.log(`${all.map((row) => `| ${row.map((cell, n) => (n ? cell.padStart(widths[n]) : cell + " ".repeat(widths[n] - [...cell].length))).join(" | ")} |`).join("\n")}\n`);
}

// Seconds, processor seconds of the whole tree, and the most that was resident at once.
async function measure(server, work) {
  const idle = residentMegabytes(server.pid);
  let peak = idle;
  let over = false;
  const watching = (async () => { while (!over) { peak = Math.max(peak, residentMegabytes(server.pid)); await pause(20); } })();
  const before = processorMilliseconds(server.pid);
  const began = performance.now();
  let seconds;
  let processor;
  try {
    await work();
    seconds = (performance.now() - began) / 1000;
    processor = (processorMilliseconds(server.pid) - before) / 1000;
  } finally {
    // Before anything else is done about what went wrong: nobody may watch a server that was stopped.
    over = true;
    await watching;
  }
  return { seconds, processor, idle, peak };
}

const results = new Map();
function note(name, bytes, measured) {
  const GiB = bytes / (1 << 30);
  const kept = results.get(name) ?? [];
  kept.push({ speed: bytes / 1e6 / measured.seconds, processor: measured.processor / GiB, peak: measured.peak, over: measured.peak - measured.idle });
  results.set(name, kept);
}

function say(title, names) {
  const of = (name, key) => median(results.get(name).map((one) => one[key]));
  const first = names[0];
  console.log(title);
  table(["", "MB/s", "processor s/GiB", "peak MB", "over idle MB", "its MB/s to ours", "its processor to ours"], names.map((name) => [
    name, number(of(name, "speed"), 0), number(of(name, "processor")), number(of(name, "peak"), 0), number(of(name, "over"), 0),
    `${number(of(name, "speed") / of(first, "speed"))} x`, `${number(of(name, "processor") / of(first, "processor"))} x`,
  ]));
}

const settings = {};
const server = await startServer({ words: ["demo"], more: settings });
server.port = Number(new URL(server.address).port);
const nginx = await startNginx(await freePort(), server.data);
const node = what === "uploads" ? await startTusNode(await freePort(), server.data) : undefined;
let stamp = 0;
// No two films are the same, or they would be stored once.
const fresh = (bytes) => { bytes.writeUInt32LE((stamp += 1), bytes.length - 8); return bytes; };

try {
  await untilIdle(server);
  if (what === "uploads") {
    // What is made of the films afterwards is another server's work, and none of an upload's.
    settings.HOITHI_LONG_JOBS = "0";
    await server.kill();
    await server.startAgain();
  }
  const bearer = { authorization: `Bearer ${await token(server.address)}` };
  const send = async (bytes, part, begun) => tus(server.port, "/uploads", bearer, { entry: begun.entry, field: begun.slot, filename: "clip.mp4" }, cut(bytes, part), bytes.length);
  console.log(`\n${cpus().length} cores, ${cpus()[0].model.trim()}; ${rounds} rounds in turns, medians; the client runs on the same cores\n`);

  if (what === "uploads") {
    const large = film(256 * MiB);
    const ours = "hoithi, each part synced";
    for (let round = 0; round < rounds; round += 1) {
      const drafts = [];
      for (let n = 0; n < 4; n += 1) drafts.push(await draft(server.address));
      note(ours, 4 * large.length, await measure(server, async () => { for (const begun of drafts) await send(fresh(large), 8 * MiB, begun); }));
      note("nginx, WebDAV PUT", 4 * large.length, await measure(nginx, async () => { for (let n = 0; n < 4; n += 1) await put(nginx.port, `/${round}-${n}`, cut(large, 8 * MiB)); }));
      note("@tus/server, file store", 4 * large.length, await measure(node, async () => { for (let n = 0; n < 4; n += 1) await tus(node.port, "/files", {}, { filename: "clip.mp4" }, cut(large, 8 * MiB), large.length); }));
      // What a peer wrote must not be written back while another is measured.
      rmSync(join(nginx.folder, "files"), { recursive: true, force: true });
      await pause(2000);
    }
    say("1 GiB in parts of 8 MiB, one after another (four files of 256 MiB)", [ours, "nginx, WebDAV PUT", "@tus/server, file store"]);

    const many = "hoithi, 50 at once";
    for (let round = 0; round < rounds; round += 1) {
      const films = Array.from({ length: 50 }, () => fresh(film(20 * MiB)));
      const drafts = [];
      for (let n = 0; n < 50; n += 1) drafts.push(await draft(server.address));
      await pause(2000);
      note(many, 50 * 20 * MiB, await measure(server, () => Promise.all(films.map((bytes, n) => send(bytes, 8 * MiB, drafts[n])))));
      note("nginx, 50 at once", 50 * 20 * MiB, await measure(nginx, () => Promise.all(films.map((bytes, n) => put(nginx.port, `/many-${round}-${n}`, cut(bytes, 8 * MiB))))));
      note("@tus/server, 50 at once", 50 * 20 * MiB, await measure(node, () => Promise.all(films.map((bytes) => tus(node.port, "/files", {}, { filename: "clip.mp4" }, cut(bytes, 8 * MiB), bytes.length)))));
      rmSync(join(nginx.folder, "files"), { recursive: true, force: true });
    }
    say("50 uploads of 20 MiB at once, in parts of 8 MiB", [many, "nginx, 50 at once", "@tus/server, 50 at once"]);
  } else {
    const bytes = film(200 * MiB);
    const begun = await draft(server.address);
    await send(bytes, 8 * MiB, begun);
    await untilIdle(server);
    writeFileSync(join(nginx.folder, "files/clip.mp4"), bytes);
    const { html } = await begun.visitor.open(begun.files);
    const path = /href="(\/files\/[^"]+)"/.exec(html)[1];
    const until = Math.floor(Date.now() / 1000) + 3600;
    const secret = readFileSync(join(server.data, "secret"), "utf8").trim();
    const seal = createHmac("sha256", secret).update(`file\0${path.split("/")[2]} ${until}`).digest("hex");
    const count = 3000;
    const ranges = async (port, asked, headers) => {
      const lines = Array.from({ length: 64 }, () => new Line(port));
      await Promise.all(lines.map((line) => line.opened));
      let next = 0;
      await Promise.all(lines.map(async (line) => {
        while (next < count) {
          next += 1;
          const start = Math.floor(Math.random() * (bytes.length - MiB));
          const answer = await line.ask("GET", asked, { range: `bytes=${start}-${start + MiB - 1}`, ...headers });
          if (answer.status !== 206 || answer.length !== MiB) throw new Error(`${answer.status} with ${answer.length} bytes`);
        }
      }));
      lines.forEach((line) => line.close());
    };
    const names = ["hoithi, a signed address", "hoithi, asked each time who may", "nginx, sendfile"];
    const turns = [
      [server, () => ranges(server.port, `${path}?until=${until}&seal=${seal}`, {})],
      [server, () => ranges(server.port, path, { cookie: begun.visitor.cookie })],
      [nginx, () => ranges(nginx.port, "/clip.mp4", {})],
    ];
    for (let round = 0; round < rounds; round += 1) for (const [n, [of, work]] of turns.entries()) note(names[n], count * MiB, await measure(of, work));
    say(`${count} random pieces of 1 MiB of a file of ${statSync(join(nginx.folder, "files/clip.mp4")).size / MiB} MiB, 64 lines`, names);
  }
} finally {
  await node?.stop();
  await nginx.stop();
  await server.stop();
}
