// Works looked at in the page of the demonstration, while it makes them ready: slides turned by keyboard, a film through hls.js and
// without script.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";
import { Visitor, links } from "../harness/visitor.mjs";

const gallery = "/contests/ung-dung-cntt-2024/entries";
// The first renderings of a fresh demonstration, on a busy machine.
const patience = { timeout: 240_000 };

// The first public entry whose page has such a sign beside a work.
async function entryWith(house, sign) {
  const visitor = new Visitor(house.server.address);
  const { html } = await visitor.open(gallery);
  for (const link of new Set(links(html).filter((link) => link.startsWith(`${gallery}/`)))) {
    const page = await visitor.open(link);
    if (new RegExp(`<figcaption[^>]*><span class="sign ${sign}"`).test(page.html)) return link;
  }
  throw new Error(`no public entry of the demonstration has a work with the sign ${sign}`);
}

story("slides are turned by keyboard, and are a list of pages without script", { words: ["demo"] }, async (house) => {
  const link = await entryWith(house, "slides");
  const page = await house.page();
  await page.goto(link);
  const viewer = page.locator(".pages.is-paged");
  await viewer.waitFor(patience);
  const status = viewer.locator(".pages-status");
  const visible = () => viewer.locator(".pages-list > li:not([hidden]) img").getAttribute("alt");
  await viewer.locator(".pages-list").focus();
  assert.equal(await status.textContent(), "Trang 1 trên 5");
  for (const [key, said] of [["ArrowRight", 2], ["PageDown", 3], ["ArrowLeft", 2], ["End", 5], ["ArrowRight", 5], ["Home", 1], ["4", 4]]) {
    await page.keyboard.press(key);
    assert.equal(await status.textContent(), `Trang ${said} trên 5`, key);
    assert.match(await visible(), new RegExp(`^Trang ${said}`));
  }
  await viewer.locator(".pages-thumbs a").nth(1).click();
  assert.equal(await status.textContent(), "Trang 2 trên 5");
  const shown = viewer.locator(".pages-list > li:not([hidden]) img");
  // The narrow size, as wide as it stands on a screen without more pixels.
  assert.ok(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)) > 600);
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.shot(page, "slides-1280");
  const phone = await house.page({ width: 360 });
  await phone.goto(link);
  await phone.locator(".pages.is-paged").waitFor();
  await house.fitsItsWidth(phone);
  await house.axe(phone);
  await house.shot(phone, "slides-360");

  const plain = await house.page({ javaScript: false });
  await plain.goto(link);
  assert.equal(await plain.locator(".pages-list > li").count(), 5);
  await plain.locator(".pages-thumbs a").nth(3).click();
  assert.match(plain.url(), /#page-.*-4$/);
});

story("a film plays through hls.js, and as a plain file without script", { words: ["demo"] }, async (house) => {
  const link = await entryWith(house, "film");
  const page = await house.page();
  // As browsers are that play no lists by themselves.
  await page.addInitScript(() => {
    const own = HTMLMediaElement.prototype.canPlayType;
    HTMLMediaElement.prototype.canPlayType = function (type) { return /mpegurl/i.test(type) ? "" : own.call(this, type); };
  });
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.setDefaultTimeout(60_000);
  await page.goto(link, { waitUntil: "domcontentloaded" });
  const video = page.locator("video[data-hls]");
  await video.waitFor({ state: "attached", ...patience });
  assert.ok(!asked.some((path) => path.includes("hls.light")), "nothing of it is loaded before it is needed");
  await video.evaluate((film) => { film.muted = true; return film.play().catch(() => undefined); });
  await page.waitForFunction(() => {
    const film = document.querySelector("video");
    return film.dataset.played === "hls.js" && film.src.startsWith("blob:") && film.currentTime > 0.2;
  });
  assert.ok(asked.some((path) => path.includes("hls.light")) && asked.some((path) => /renditions\/hls-\d+p-data$/.test(path)), asked.join("\n"));
  await page.locator(".film-tools select").first().selectOption("1.5");
  assert.equal(await video.evaluate((film) => film.playbackRate), 1.5);
  await page.locator(".storyboard summary").first().click();
  await page.locator(".scenes button").nth(3).click();
  await page.waitForFunction(() => document.querySelector("video").currentTime >= 2.9);
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.shot(page, "film-1280");

  const plain = await house.page({ javaScript: false, width: 360 });
  plain.setDefaultTimeout(60_000);
  const loaded = plain.waitForResponse((answer) => /renditions\/480p$/.test(answer.url()));
  await plain.goto(link);
  await house.fitsItsWidth(plain);
  await house.shot(plain, "film-360");
  assert.equal(await plain.locator("video").getAttribute("controls"), "");
  // What the browser's own button does: no script of the page takes part.
  await plain.locator("video").evaluate((film) => { film.muted = true; film.play(); });
  const answer = await loaded;
  assert.ok([200, 206].includes(answer.status()));
  assert.equal(answer.headers()["content-type"], "video/mp4");
});
