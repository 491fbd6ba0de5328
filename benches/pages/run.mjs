// scripts/bench pages: the cost of each page in one run, beside a bare page. The demonstration is served from a fresh data folder,
// with one more province so that a gallery is long enough; lists are asked for with 200 rows a page. The pages and the bare page
// take turns, and each figure is the median of the turns. Every figure is for loopback, with as many cores as the machine has.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { untilIdle } from "./idle.mjs";
import { load, request } from "./load.mjs";
import { processorMilliseconds, residentMegabytes } from "./process.mjs";

process.env.HOITHI_BIN = join(process.env.TARGET, "release/hoithi");
const { startServer, freePort } = await import("../../tests/browser/harness/server.mjs");
const { House, openBrowser } = await import("../../tests/browser/harness/story.mjs");
const { Visitor, forms, links } = await import("../../tests/browser/harness/visitor.mjs");

const slug = "ung-dung-cntt-2024";
const clients = 64;
const turns = 3;
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

const get = (server, path, { cookie, headers = {}, count = 500 } = {}) => {
  const asked = request("GET", path, { cookie, headers });
  return measure(server, { make: () => asked, count });
};

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
// The medians over the turns; errors are added up.
const overTurns = (results) => ({
  ...results[0], median: middle(results.map(({ median }) => median)), processor: middle(results.map(({ processor }) => processor)),
  perSecond: middle(results.map(({ perSecond }) => perSecond)), p95: middle(results.map(({ p95 }) => p95)),
  errorCount: results.reduce((sum, { errorCount }) => sum + errorCount, 0),
});

// Asks everything once in each turn, so that what else the machine does falls on all alike.
async function inTurns(asks) {
  const heard = asks.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) for (const [n, ask] of asks.entries()) heard[n].push(await ask());
  return heard.map(overTurns);
}

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

// The gallery that fills a page of 200.
async function longGallery(visitor) {
  const contests = new Set(links((await visitor.open("/contests")).html).filter((link) => /^\/contests\/[a-z0-9-]+$/.test(link)));
  for (const contest of contests) {
    const path = `${contest}/entries?per=200`;
    if (((await visitor.open(path)).html.match(/class="entry-card"/g) ?? []).length === 200) return path;
  }
  throw new Error("no gallery with 200 entries");
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
const server = await startServer({ words: ["demo", "--scale", "1"], patience: 600 });
const readySeconds = (performance.now() - began) / 1000;
server.port = Number(new URL(server.address).port);
try {
  await untilIdle(server);
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

  const inboxRows = ((await officer.open(inbox)).html.match(/class="row-name"/g) ?? []).length;
  if (inboxRows !== 200) throw new Error(`the inbox shows ${inboxRows} rows, not 200`);

  const pages = [
    ["entry page", `/contests/${slug}/entries/${code}`, anyone, "one", 0.25],
    ["list of 200", await longGallery(anyone), anyone, "many", 1.5, 100],
    ["judge's sheet", sheets[0].path, sheets[0].judge, "one", 0.3],
    ["officer's inbox of 200", inbox, officer, "many", 2, 100],
    ["home", "/", anyone, "one"],
    ["contest", `/contests/${slug}`, anyone, "one"],
    ["results", `/contests/${slug}/results`, anyone, "one", undefined, 200],
    ["statistics", `/contests/${slug}/statistics`, anyone, "one", undefined, 100],
    ["sign-in", "/sign-in", anyone, "one"],
  ];
  const rows = [];
  const say = (name, result, beside, target, compressed) => rows.push([name, number(result.median), number(result.processor), target ? number(target) : "", beside ? `${number(result.processor / beside.processor, 1)} x` : "", compressed ? number(compressed.processor) : "", result.bytes, result.errorCount]);
  const [oneRow, manyRows, ...answers] = await inTurns([
    () => get(bare, "/entries/5"),
    () => get(bare, "/entries", { count: 100 }),
    ...pages.map(([, path, { cookie }, , , count]) => () => get(server, path, { cookie, count })),
    ...pages.map(([, path, { cookie }, , , count]) => () => get(server, path, { cookie, count: Math.ceil((count ?? 500) / 2), headers: browserAccepts })),
  ]);
  const writing = (lines, count) => measure(server, { make: (line) => save(sheets[line]), heard: (line, answer) => remember(sheets[line], answer), lines, count });
  const bareWriting = (lines, count) => measure(bare, { make: () => request("POST", "/marks"), lines, count, expected: [303] });
  const [oneWrite, alone, bareCrowd, crowd] = await inTurns([
    () => bareWriting(1, 100), () => writing(1, 200), () => bareWriting(clients, 300), () => writing(clients, 2000),
  ]);

  say("bare: one row", oneRow);
  say("bare: 200 rows", manyRows);
  for (const [n, [name, , , beside, target]] of pages.entries()) say(name, answers[n], beside === "one" ? oneRow : manyRows, target, answers[n + pages.length]);
  say("bare: one durable row written", oneWrite);
  say(`judge's sheet POST (${sheets[0].marks.length} marks)`, alone, oneWrite, 0.5);
  say(`bare: one durable row, ${clients} at once`, bareCrowd);
  say(`judge's sheet POST, ${clients} at once`, crowd, bareCrowd, 0.5);
  const loaded = residentMegabytes(server.pid);

  console.log(`\n${cpus().length} cores; SQLite; medians of ${turns} turns; one request after another unless it says otherwise\n`);
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
  console.log(`demonstration with one more province ready ${number(readySeconds, 1)} s after its start`);
} finally {
  await server.stop();
  await bare.stop();
}
process.exitCode = errorCount ? 1 : 0;
