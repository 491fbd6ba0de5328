// A story: a server, a browser, and the people who use it. `story("name", options, async (house) => …)` gives the story a
// house with everything it needs, attaches the server's words to a failure, and fails on what a page complains about itself.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { chromium } from "playwright-core";

import { findings } from "./axe.mjs";
import { startServer, target } from "./server.mjs";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

// Games are played on the arena, an origin of its own beside the pages.
const playing = /^http:\/\/localhost:\d+\/play\//;

// What browsers say when a wall held.
const refused = /Content Security Policy|sandbox|Unsafe attempt|was blocked/;

// In a frame of the page, or as a page of its own.
function isOfGame(request, page, arena) {
  try {
    return request.frame() !== page.mainFrame() || request.frame().url().startsWith(arena);
  } catch {
    // A frame that is just being led somewhere has no name yet.
    return true;
  }
}

export class House {
  constructor(server, browser) {
    Object.assign(this, { server, browser, complaints: [] });
  }

  // `arena`: the origin on which games are played. `expected`: what a game tries and is refused is the story's own business: it
  // looks itself whether anything arrived.
  arena = "";
  expected = false;

  // A visitor's own window: `lang` is the language that was chosen in it, `width` from 360 to 1440, `dark` and `javaScript` as said.
  async page({ lang = "vi", width = 1280, javaScript = true, dark = false } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.server.address, locale: lang, viewport: { width, height: width < 600 ? 780 : 900 }, javaScriptEnabled: javaScript,
      colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", timezoneId: "Asia/Ho_Chi_Minh", acceptDownloads: true,
    });
    context.setDefaultTimeout(Number(process.env.STORY_PATIENCE ?? 60_000));
    await context.addCookies([{ name: "hoithi_language", value: lang, url: this.server.address }]);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    // Chromium says each answer of 400 and more as an error too; those are the story's own business.
    page.on("console", (message) => {
      if (this.expected && (message.location().url.startsWith(this.arena) || refused.test(message.text()))) return;
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("response", (answer) => { if (answer.status() >= 500) this.complaints.push(`${answer.status()} ${answer.url()}`); });
    // Nothing may be fetched from anywhere else: no font, no script, no count of visitors. What Chromium shows a PDF with is its own.
    page.on("request", (request) => {
      if (this.expected && isOfGame(request, page, this.arena)) return;
      if (!/^(data|blob|about|chrome|chrome-extension):/.test(request.url()) && !request.url().startsWith(this.server.address) && !(this.arena && request.url().startsWith(`${this.arena}/`)) && !playing.test(request.url())) this.complaints.push(`asked elsewhere: ${request.url()}`);
    });
    return page;
  }

  async signIn(page, name, password) {
    await page.goto("/sign-in");
    await page.locator("input[name=name]").fill(name);
    await page.locator("input[name=password]").fill(password);
    await Promise.all([page.waitForURL((url) => url.pathname !== "/sign-in"), page.locator("input[name=password]").press("Enter")]);
  }

  async axe(page) {
    const found = await findings(page);
    if (found.length) throw new Error(`axe on ${page.url()}:\n${found.join("\n")}`);
  }

  async shot(page, name) {
    const path = join(target, "screens", `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
  }

  // Nothing may be wider than the window: a phone must never scroll sideways.
  async fitsItsWidth(page) {
    const [inner, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    if (wide > inner) throw new Error(`${page.url()} is ${wide} px wide in a window of ${inner} px`);
  }

  // The bytes over the wire, headers and all, of a first visit.
  async weigh(path, { lang = "vi", cookies = [] } = {}) {
    const page = await this.page({ lang });
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: this.server.address })));
    const wire = await page.context().newCDPSession(page);
    let bytes = 0;
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
    await wire.send("Network.enable");
    await page.goto(path, { waitUntil: "networkidle" });
    await page.context().close();
    return bytes;
  }
}

export function story(name, options, body) {
  test(name, { timeout: 600_000 }, async () => {
    const server = await startServer(options);
    let browser;
    try {
      browser = await openBrowser();
      const house = new House(server, browser);
      await body(house);
      if (house.complaints.length) throw new Error(`the pages complained:\n${[...new Set(house.complaints)].join("\n")}`);
    } catch (error) {
      const where = error.stack?.split("\n").find((line) => line.includes("/stories/"))?.trim() ?? "";
      throw new Error(`${error.message}\n${where}\n--- the server's last words ---\n${server.said().slice(-6000)}`, { cause: error });
    } finally {
      await browser?.close();
      await server.stop();
    }
  });
}
