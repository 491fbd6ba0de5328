// A film that is sent over a bad day: the server is killed, the page is left, another device goes on.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { draft, film, member, stored } from "../harness/draft.mjs";
import { story } from "../harness/story.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const size = 24 << 20;
// On the disk, as a phone has it.
const folder = mkdtempSync(join(tmpdir(), "hoithi-film-"));
after(() => rmSync(folder, { recursive: true, force: true }));
function clip(name) {
  const path = join(folder, name);
  writeFileSync(path, film(size));
  return path;
}

// So slow that something can happen in the middle. What one session of the debugger has set no other changes.
const wires = new WeakMap();
async function slow(page, bytesPerSecond) {
  const wire = wires.get(page) ?? await page.context().newCDPSession(page);
  wires.set(page, wire);
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: bytesPerSecond });
}

const beyond = (page, percent) => page.waitForFunction((wanted) => document.querySelector(".sending progress")?.value > wanted, percent);

async function open(house, begun, { width = 1280, bytesPerSecond = 4 << 20, lang = "vi" } = {}) {
  const page = await house.page({ width, lang });
  await house.signIn(page, ...member);
  await page.goto(begun.files);
  await page.locator(`#slot-${begun.slot} [role=status]`).waitFor({ state: "attached" });
  await slow(page, bytesPerSecond);
  return page;
}

const choose = async (page, begun, file) => {
  await page.setInputFiles(`#slot-${begun.slot} input[type=file]`, file);
  const start = page.getByRole("button", { name: "Bắt đầu tải lên" });
  await start.or(page.locator(".sending progress")).first().waitFor();
  if (await start.isVisible()) await start.click();
};

story("an upload survives the server's SIGKILL in the middle", { words: ["demo"] }, async (house) => {
  const begun = await draft(house.server.address);
  const page = await open(house, begun, { width: 360 });
  await page.setInputFiles(`#slot-${begun.slot} input[type=file]`, clip("clip dài.mp4"));
  await page.getByText("nên dùng Wi-Fi").waitFor();
  await house.axe(page);
  await house.fitsItsWidth(page);
  await page.getByRole("button", { name: "Bắt đầu tải lên" }).click();
  await beyond(page, 30);
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.server.kill();
  await page.waitForTimeout(500);
  await house.server.startAgain();
  await page.locator(".files a", { hasText: "clip dài.mp4" }).waitFor({ timeout: 120_000 });
  assert.equal(sha256(await stored(begun)), sha256(film(size)));
});

story("an upload is paused, left, found again and finished on another device", { words: ["demo"] }, async (house) => {
  const begun = await draft(house.server.address);
  const page = await open(house, begun);
  await choose(page, begun, clip("clip.mp4"));
  await beyond(page, 25);
  await page.getByRole("button", { name: "Tạm dừng" }).click();
  await page.getByText("Đang tạm dừng").waitFor();
  // Parts grow while the network is good.
  assert.ok(Number(await page.locator(`#slot-${begun.slot} form[data-upload]`).getAttribute("data-part")) > 2 << 20);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.getByText("Chọn lại đúng tệp này để tải tiếp").waitFor();
  await house.axe(page);
  await house.shot(page, "upload-unfinished");
  await page.getByText("Tiếp tục trên máy khác").click();
  await page.getByAltText("Mã QR của trang này").waitFor();
  await house.axe(page);
  await house.shot(page, "upload-elsewhere");
  await page.context().close();

  const other = await open(house, begun, { width: 360, bytesPerSecond: -1 });
  await other.getByText("Chọn lại đúng tệp này để tải tiếp").waitFor();
  await house.fitsItsWidth(other);
  const offsets = [];
  other.on("request", (request) => { if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"])); });
  await choose(other, begun, clip("clip.mp4"));
  await other.locator(".files a", { hasText: "clip.mp4" }).waitFor({ timeout: 60_000 });
  assert.ok(offsets[0] > size / 5, `it went on at ${offsets[0]}`);
  assert.equal(sha256(await stored(begun)), sha256(film(size)));
  await house.shot(other, "upload-kept-360");
});

story("an upload takes smaller parts on a bad line, and goes on after signing out and in", { words: ["demo"] }, async (house) => {
  const begun = await draft(house.server.address);
  const page = await open(house, begun, { width: 360 });
  const part = () => page.locator(`#slot-${begun.slot} form[data-upload]`).getAttribute("data-part").then(Number);
  await choose(page, begun, clip("clip.mp4"));
  await beyond(page, 20);
  const grown = await part();
  assert.ok(grown > 2 << 20, `parts of ${grown}`);
  await slow(page, 300 << 10);
  // The part that is under way takes its time; the ones after it are smaller.
  await page.waitForFunction(([slot, grown]) => Number(document.querySelector(`#slot-${slot} form[data-upload]`)?.dataset.part) < grown, [begun.slot, grown], { timeout: 120_000 });
  assert.ok((await part()) >= 256 << 10);

  // In another window of the same browser.
  const other = await page.context().newPage();
  await other.goto("/my");
  await Promise.all([other.waitForURL((url) => url.pathname !== "/my"), other.locator('form[action="/sign-out"]').first().evaluate((form) => form.requestSubmit())]);
  await page.locator(".error", { hasText: "đăng nhập" }).waitFor({ timeout: 60_000 });
  await house.axe(page);
  await other.close();
  await house.signIn(page, ...member);
  await page.goto(begun.files);
  await page.getByText("Chọn lại đúng tệp này để tải tiếp").waitFor();
  await slow(page, -1);
  const offsets = [];
  page.on("request", (request) => { if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"])); });
  await choose(page, begun, clip("clip.mp4"));
  await page.locator(".files a", { hasText: "clip.mp4" }).waitFor({ timeout: 60_000 });
  assert.ok(offsets[0] > size / 5, `it went on at ${offsets[0]}`);
  assert.equal(sha256(await stored(begun)), sha256(film(size)));
});

story("what the slot does not take is said beside it, and only pages with a slot load what sends files", { words: ["demo"] }, async (house) => {
  const begun = await draft(house.server.address);
  const page = await open(house, begun, { bytesPerSecond: -1 });
  await page.setInputFiles(`#slot-${begun.slot} input[type=file]`, { name: "lạ.mp4", mimeType: "video/mp4", buffer: Buffer.from("#!/bin/sh\n") });
  await page.locator(".error", { hasText: "không thuộc loại nào" }).waitFor();
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto("/", { waitUntil: "networkidle" });
  assert.equal(loaded.filter((url) => url.includes("resumable")).length, 0);
  assert.ok((await house.weigh("/")) < 150_000);
});
