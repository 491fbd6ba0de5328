// A game sent in by a stranger is played inside the frame, and tries everything that it must not: our pages, what the browser
// keeps for them, the page around it, the network.
import assert from "node:assert/strict";
import { createServer } from "node:http";

import { story } from "../harness/story.mjs";
import { Visitor } from "../harness/visitor.mjs";

const password = "sen-hong-2024";

const spy = (pages, elsewhere) => `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trò chơi</title>
<h1>Trò chơi thử</h1><button id="more">Thêm</button><output id="count">0</output><form id="form" action="${elsewhere}/form" method="post"><input name="a" value="1"></form>
<script>
let n = 0; document.querySelector("#more").onclick = () => { document.querySelector("#count").textContent = String(++n); };
document.addEventListener("keydown", (event) => { if (event.key === "ArrowUp") document.querySelector("#count").textContent = String(n += 10); });
const tried = {};
const attempt = async (name, act) => { try { const got = await Promise.race([act(), new Promise((_, late) => setTimeout(late, 3000))]); tried[name] = got === undefined ? "done" : String(got); } catch (error) { tried[name] = "refused"; } };
const picture = (address) => new Promise((done, failed) => { const image = new Image(); image.onload = () => done("loaded"); image.onerror = () => failed(new Error()); image.src = address; });
localStorage.setItem("best", "7");
(async () => {
  await attempt("cookie", () => document.cookie || "empty");
  await attempt("memory", () => localStorage.getItem("best"));
  await attempt("database", () => indexedDB.open("x").onerror);
  await attempt("parent page", () => parent.document.title);
  await attempt("top page", () => { if (top !== self) top.location.href = "${elsewhere}/top"; });
  await attempt("our pages", async () => (await fetch("${pages}/my", { credentials: "include" })).status);
  await attempt("our pages by request", () => new Promise((done, failed) => { const request = new XMLHttpRequest(); request.onload = () => done(request.status); request.onerror = failed; request.open("GET", "${pages}/healthz"); request.send(); }));
  await attempt("network", async () => (await fetch("${elsewhere}/fetch")).status);
  await attempt("beacon", () => navigator.sendBeacon("${elsewhere}/beacon", "x"));
  await attempt("picture from elsewhere", () => picture("${elsewhere}/picture.png"));
  await attempt("picture from our pages", () => picture("${pages}/assets/icon.svg"));
  await attempt("socket", () => new Promise((done, failed) => { const socket = new WebSocket("${elsewhere.replace("http", "ws")}/socket"); socket.onopen = () => done("open"); socket.onerror = failed; }));
  await attempt("worker", () => new Promise((done, failed) => { const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))); worker.onmessage = () => done("works"); worker.onerror = failed; }));
  await attempt("window", () => (window.open("${elsewhere}/window") ? "open" : "none"));
  await attempt("script from elsewhere", () => new Promise((done, failed) => { const script = document.createElement("script"); script.onload = () => done("loaded"); script.onerror = failed; script.src = "${elsewhere}/script.js"; document.head.append(script); }));
  await attempt("frame", () => new Promise((done) => { const frame = document.createElement("iframe"); frame.src = "${elsewhere}/frame"; document.body.append(frame); setTimeout(() => done("asked"), 300); }));
  tried.origin = self.origin;
  console.info("tried " + JSON.stringify(tried));
  if (top === self) document.querySelector("#form").submit();
})();
</script></html>`;

// What the game tried, as it says it in the console: looking into its page would have to wait for where it tries to be led.
const tells = (page) => page.waitForEvent("console", { predicate: (message) => message.text().startsWith("tried {"), timeout: 60_000 })
  .then((message) => JSON.parse(message.text().slice("tried ".length)));

// Puts a file into the member's draft, as a browser without script sends it.
async function attach(member, name, bytes) {
  const { html } = await member.open("/my/entries");
  const entry = /\/my\/entries\/[0-9a-f-]{36}/.exec(html.slice(html.indexOf("bản nháp") - 3000))[0];
  const list = [...new Set(html.match(/\/my\/entries\/[0-9a-f-]{36}/g))];
  for (const path of [entry, ...list]) {
    const page = await member.ask(`${path}/attachments`);
    if (page.status !== 200) continue;
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)[1];
    const field = /name="field" value="([^"]+)"/.exec(page.html)?.[1];
    if (!field) continue;
    const body = new FormData();
    body.set("csrf", csrf);
    body.set("field", field);
    body.set("file", new Blob([bytes]), name);
    const answer = await member.ask(`${path}/attachments`, { method: "POST", body });
    assert.equal(answer.status, 303, answer.html);
    return path;
  }
  throw new Error("the member has no entry to add to");
}

const untilPlayable = async (member, id) => {
  // The demonstration has other files to make ready first.
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await member.ask(`/play/${id}/start`);
    if (answer.status === 303) return answer.location;
    await new Promise((again) => setTimeout(again, 200));
  }
  throw new Error("the game was never unpacked");
};

// The program tries a game by itself, perhaps while somebody plays it already, and the page hears of it: here at once.
async function hearsOfTheTrial(page, id) {
  const address = `/files/${id}/renditions`;
  // Unless it was tried before the page was opened.
  if (!await page.locator(`[data-rendering="${address}"]`).count()) return;
  const isIt = (url) => url.pathname === address;
  await page.route(isIt, (route) => route.fulfill({ json: { is_waiting: false, percent: 100, n_made: 1, said: "" } }));
  await page.waitForResponse((answer) => isIt(new URL(answer.url())), { timeout: 45_000 });
  await page.waitForTimeout(500);
}

story("a game is played in its frame and reaches nothing outside it", { words: ["demo"] }, async (house) => {
  const asked = [];
  const elsewhere = createServer((request, answer) => { asked.push(request.url); answer.setHeader("access-control-allow-origin", "*"); answer.end("x"); });
  await new Promise((listening) => elsewhere.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${elsewhere.address().port}`;
  try {
    const member = await new Visitor(house.server.address).signIn("member@hoithi.example", password);
    const entry = await attach(member, "tro-choi.html", spy(house.server.address, address));
    const page = await house.page();
    await house.signIn(page, "member@hoithi.example", password);
    await page.goto(entry);
    const box = page.locator("[data-game]").last();
    const id = (await box.getAttribute("data-game")).split("/")[2];
    house.arena = new URL(await untilPlayable(member, id)).origin;
    assert.notEqual(house.arena, house.server.address);
    assert.equal(await page.locator("iframe.game-frame").count(), 0, "nothing of it is loaded before somebody wants to play");
    await house.axe(page);

    // What the frame is refused is said in the console: that is the story here, and no complaint.
    house.expected = true;
    await box.getByRole("button", { name: "Bắt đầu chơi" }).focus();
    const [tried] = await Promise.all([tells(page), page.keyboard.press("Enter")]);
    const frame = page.frameLocator("iframe.game-frame");
    assert.deepEqual(tried, {
      cookie: "empty", memory: "7", database: "refused", "parent page": "refused", "top page": "refused", "our pages": "refused",
      "our pages by request": "refused", network: "refused", beacon: tried.beacon, "picture from elsewhere": "refused",
      "picture from our pages": "refused", socket: "refused", worker: "refused", window: "none", "script from elsewhere": "refused",
      frame: "asked", origin: "null",
    });
    assert.deepEqual(asked, [], "nothing was asked elsewhere");
    assert.equal(new URL(page.url()).pathname, entry, "the page around it stays");

    // It is played: by pointer and by keys.
    await frame.locator("#more").click();
    await frame.locator("#more").click();
    assert.equal(await frame.locator("#count").textContent(), "2");
    await page.keyboard.press("ArrowUp");
    await frame.locator("#count", { hasText: /^12$/ }).waitFor();
    await hearsOfTheTrial(page, id);
    assert.equal(await frame.locator("#count").textContent(), "12", "the page leaves a game that is played alone, when there is news of it");
    assert.equal(await page.locator("iframe.game-frame").getAttribute("sandbox"), "allow-scripts allow-forms");
    assert.deepEqual((await page.context().cookies(house.arena)).filter(({ domain }) => domain.includes("localhost")), [], "the arena sets no cookie");
    await house.axe(page);
    await house.shot(page, "game-playing");

    // The frame may not be led elsewhere either.
    for (const to of [`${address}/away`, "https://example.com/", "form"]) {
      const lead = (_, to) => { if (to === "form") document.querySelector("#form").submit(); else location.href = to; };
      await frame.locator("body").evaluate(lead, to, { timeout: 10_000 }).catch(() => null);
      await page.waitForTimeout(300);
    }
    assert.deepEqual(asked, [], "the frame was not led elsewhere");
    await page.getByRole("button", { name: "Dừng trò chơi" }).click();
    assert.equal(await page.locator("iframe.game-frame").count(), 0);

    // Opened by itself, away from any frame, a game is as poor.
    const alone = await house.page();
    const [told] = await Promise.all([tells(alone), untilPlayable(member, id).then((door) => alone.goto(door))]);
    assert.equal(told.origin, "null");
    await alone.waitForTimeout(500);
    assert.deepEqual(asked, []);
  } finally {
    elsewhere.close();
  }
});

story("the demo's games are played at every width, with and without script", { words: ["demo"] }, async (house) => {
  const visitor = new Visitor(house.server.address);
  for (const [width, javaScript] of [[1280, true], [360, true], [360, false]]) {
    const page = await house.page({ width, javaScript });
    const found = await findGame(visitor, house);
    house.arena = found.arena;
    await page.goto(found.path);
    if (javaScript) {
      await page.getByRole("button", { name: "Bắt đầu chơi" }).click();
    } else {
      await Promise.all([page.waitForURL(/\/play\//), page.getByRole("link", { name: "Bắt đầu chơi" }).click()]);
    }
    const frame = page.frameLocator("iframe.game-frame");
    await frame.getByRole("heading", { name: "Ai nhanh tay phân loại rác" }).waitFor();
    if (javaScript) {
      await frame.getByRole("button", { name: "Hữu cơ" }).click();
      assert.match(await frame.locator("#progress").textContent(), /Món 2\/8/);
      await house.axe(page);
    }
    await house.fitsItsWidth(page);
    await house.shot(page, `game-${width}-${javaScript ? "script" : "plain"}`);
    await page.context().close();
  }
});

// A published entry with the demo's game of three files.
async function findGame(visitor, house) {
  for (let page = 1; page <= 12; page += 1) {
    const { html } = await visitor.open(`/contests/ung-dung-cntt-2024/entries?page=${page}`);
    for (const path of new Set(html.match(/\/contests\/ung-dung-cntt-2024\/entries\/[A-Z]+-\d+/g))) {
      const entry = await visitor.open(path);
      const id = /data-game="\/play\/([0-9a-f-]+)\/start"/.exec(entry.html)?.[1];
      if (!id || !entry.html.includes(".zip")) continue;
      return { path, arena: new URL(await untilPlayable(visitor, id)).origin };
    }
  }
  throw new Error(`no game is published in ${house.server.address}`);
}
