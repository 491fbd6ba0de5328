// scripts/bench pages: the cost of each page in one run, beside a bare page. The demonstration is served from a fresh data folder;
// its lists are asked for with 200 rows a page. Every figure is for loopback, with as many cores as the machine has.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { load, request } from "./load.mjs";
import { processorMilliseconds, residentMegabytes } from "./process.mjs";

process.env.HOITHI_BIN = join(process.env.TARGET, "release/hoithi");
const { startServer, freePort } = await import("../../tests/browser/harness/server.mjs");
const { House, openBrowser } = await import("../../tests/browser/harness/story.mjs");
const { Visitor, forms, links } = await import("../../tests/browser/harness/visitor.mjs");

const slug = "ung-dung-cntt-2024";
const clients = 64;
const browserAccepts = { "Accept-Encoding": "gzip, deflate, br, zstd" };
let errorCount = 0;

// A warm-up, then `count` requests one after the other (or over `lines` at once): the median and the processor time of each.
async function measure(server, { make, heard, count, lines = 1, expected }) {
  const whole = { port: server.port, make, heard, lines, expected };
  await load({ ...whole, count: Math.max(lines, Math.ceil(count / 10)) });
  const before = processorMilliseconds(server.pid);
  const result = await load({ ...whole, count });
  result.processor = (processorMilliseconds(server.pid) - before) / result.count;
  if (result.errorCount) console.error(`errors: ${result.errors}`);
  errorCount += result.errorCount;
  return result;
}

const get = (server, path, { cookie, headers = {}, count = 2000 } = {}) => {
  const asked = request("GET", path, { cookie, headers });
  return measure(server, { make: () => asked, count });
};

async function startBare() {
  const folder = mkdtempSync(join(tmpdir(), "hoithi-bare-"));
  const port = await freePort();
  const child = spawn(join(process.env.TARGET, "release/examples/bare_page"), [`${port}`, join(folder, "bare.db")], { stdio: "inherit" });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/entries`).then(() => true, () => false)) break;
    await pause(100);
  }
  return { port, pid: child.pid, async stop() { child.kill(); await once(child, "close"); rmSync(folder, { recursive: true }); } };
}

// The first link of a page that matches, as the person would follow it.
async function follow(visitor, path, wanted) {
  const { html } = await visitor.open(path);
  const found = links(html).find((link) => wanted.test(link));
  if (!found) throw new Error(`no link like ${wanted} on ${path}`);
  return found.split("#")[0];
}

// A submitted sheet is opened again, with a reason, so that there are as many open ones as clients.
async function reopened(judge, path) {
  const page = await judge.open(path);
  if (!links(page.html).includes(`${path}/reopen`)) return page;
  const asking = await judge.open(`${path}/reopen`);
  const form = forms(asking.html).find(({ fields }) => fields.has("reason"));
  form.fields.set("reason", "Đo tốc độ");
  const { status } = await judge.send(form, `${path}/reopen`);
  if (status !== 303) throw new Error(`${path} could not be reopened: ${status}`);
  return judge.open(path);
}

// Every sheet that a judge may write on, with the form as it stands.
async function openSheets(judge) {
  const sheets = [];
  const pools = new Set(links((await judge.open("/judge")).html).filter((link) => /^\/judge\/pools\/[^/]+$/.test(link)));
  for (const pool of pools) {
    const entries = new Set(links((await judge.open(pool)).html).filter((link) => /^\/judge\/pools\/[^/]+\/entries\/[^/]+$/.test(link)));
    for (const path of entries) {
      const form = forms((await reopened(judge, path)).html).find(({ html }) => html.includes("data-autosave"));
      const marks = form ? [...form.fields.keys()].filter((name) => name.startsWith("mark-")) : [];
      if (marks.length) sheets.push({ judge, path, fields: form.fields, marks, turn: 0 });
    }
  }
  return sheets;
}

// Every save changes every mark, so that each is written.
function save(sheet) {
  sheet.turn += 1;
  sheet.marks.forEach((name, n) => sheet.fields.set(name, `${(sheet.turn + n) % 5}`));
  return request("POST", `${sheet.path}/autosave`, {
    cookie: sheet.judge.cookie, headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams([...sheet.fields]).toString(),
  });
}

function remember(sheet, answer) {
  const edition = answer.toString().match(/"edition":(\d+)/);
  if (edition) sheet.fields.set("edition", edition[1]);
}

const number = (value, digits = 2) => (value === undefined ? "" : value.toFixed(digits));
function table(heading, rows) {
  const all = [heading, ...rows.map((row) => row.map(String))];
  const widths = heading.map((_, n) => Math.max(...all.map((row) => [...row[n]].length)));
  all.splice(1, 0, widths.map((width) => "-".repeat(width)));
  console.log(all.map((row) => `| ${row.map((cell, n) => (n ? cell.padStart(widths[n]) : cell + " ".repeat(widths[n] - [...cell].length))).join(" | ")} |`).join("\n"));
  console.log();
}

const bare = await startBare();
const began = performance.now();
const server = await startServer({ words: ["demo"] });
const readySeconds = (performance.now() - began) / 1000;
server.port = Number(new URL(server.address).port);
try {
  const idle = residentMegabytes(server.pid);
  const { accounts } = await (await fetch(`${server.address}/demo/accounts.json`)).json();
  const as = (role) => {
    const { sign_in, password } = accounts.find((account) => account.role === role);
    return new Visitor(server.address).signIn(sign_in, password);
  };
  const anyone = new Visitor(server.address);
  await anyone.open("/");
  const officer = await as("province_officer");
  const judges = await Promise.all(accounts.map(({ role }) => role).filter((role) => role === "head" || role.startsWith("judge")).map(as));
  const sheets = (await Promise.all(judges.map(openSheets))).flat();
  if (sheets.length < clients) throw new Error(`the judges of the demonstration have ${sheets.length} open sheets, not ${clients}`);
  const { awards } = await (await fetch(`${server.address}/api/v1/contests/${slug}/results`)).json();
  const { code } = awards.find(({ to }) => to.entry).to.entry;
  const inbox = `${(await follow(officer, "/manage", /^\/manage\/units\/[^/]+\/entries/)).split("?")[0]}?per=200`;

  const oneRow = await get(bare, "/entries/5");
  const manyRows = await get(bare, "/entries", { count: 500 });
  const oneWrite = await measure(bare, { make: () => request("POST", "/marks"), count: 300, expected: [303] });

  const pages = [
    ["entry page", `/contests/${slug}/entries/${code}`, anyone, oneRow, 0.25],
    ["list of 200", `/contests/${slug}/entries?per=200`, anyone, manyRows, 1.5, 500],
    ["judge's sheet", sheets[0].path, sheets[0].judge, oneRow, 0.3],
    ["officer's inbox of 200", inbox, officer, manyRows, 2, 500],
    ["home", "/", anyone, oneRow],
    ["contest", `/contests/${slug}`, anyone, oneRow],
    ["results", `/contests/${slug}/results`, anyone, oneRow, undefined, 500],
    ["statistics", `/contests/${slug}/statistics`, anyone, oneRow, undefined, 500],
    ["sign-in", "/sign-in", anyone, oneRow],
  ];
  const rows = [];
  const say = (name, result, beside, target, compressed) => rows.push([name, number(result.median), number(result.processor), target ? number(target) : "", beside ? `${number(result.processor / beside.processor, 1)} x` : "", compressed ? number(compressed.processor) : "", result.bytes, result.errorCount]);
  say("bare: one row", oneRow);
  say("bare: 200 rows", manyRows);
  say("bare: one durable row written", oneWrite);
  for (const [name, path, visitor, beside, target, count] of pages) {
    const plain = await get(server, path, { cookie: visitor.cookie, count });
    say(name, plain, beside, target, await get(server, path, { cookie: visitor.cookie, count, headers: browserAccepts }));
  }
  const writing = (lines, count) => measure(server, { make: (line) => save(sheets[line]), heard: (line, answer) => remember(sheets[line], answer), lines, count });
  const alone = await writing(1, 500);
  say(`judge's sheet POST (${sheets[0].marks.length} marks)`, alone, oneWrite, 0.5);

  const crowd = await writing(clients, 5000);
  say(`the same, ${clients} at once`, crowd, oneWrite, 0.5);
  const bareCrowd = await measure(bare, { make: () => request("POST", "/marks"), count: 1000, lines: clients, expected: [303] });
  say(`bare: one durable row, ${clients} at once`, bareCrowd);
  const loaded = residentMegabytes(server.pid);

  console.log(`\n${cpus().length} cores, ${cpus()[0].model.trim()}; SQLite; one request after another unless it says otherwise\n`);
  table(["page", "median ms", "processor ms", "to reach", "to bare", "compressed: processor ms", "bytes", "errors"], rows);
  const marks = crowd.perSecond * sheets[0].marks.length;
  table(["durable writes", "sheets a second", "marks a second", "median ms", "95th ms", "errors"], [
    [`${clients} sheets at once`, number(crowd.perSecond, 0), number(marks, 0), number(crowd.median), number(crowd.p95), crowd.errorCount],
    [`bare, ${clients} at once, a commit each`, number(bareCrowd.perSecond, 0), number(bareCrowd.perSecond, 0), number(bareCrowd.median), number(bareCrowd.p95), bareCrowd.errorCount],
  ]);

  const browser = await openBrowser();
  const house = new House(server, browser);
  const weights = [];
  for (const [name, path, visitor] of pages) weights.push([name, `${number((await house.weigh(path, { cookies: visitor.cookies })) / 1000, 1)} kB`]);
  await browser.close();
  table(["first visit", "over the wire"], weights);
  table(["memory", "MB resident"], [["idle", number(idle, 0)], ["after the load", number(loaded, 0)]]);
  console.log(`demonstration ready ${number(readySeconds, 1)} s after its start`);
} finally {
  await server.stop();
  await bare.stop();
}
process.exitCode = errorCount ? 1 : 0;
