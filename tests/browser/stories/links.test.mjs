// Links of entries are named and left alone until somebody follows them; every entry has a code to print.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";
import { Visitor } from "../harness/visitor.mjs";

const password = "sen-hong-2024";

story("an officer sees where entries lead, and prints an entry's code", { words: ["demo"] }, async (house) => {
  const officer = await new Visitor(house.server.address).signIn("district.officer@hoithi.example", password);
  const { html } = await officer.open("/manage");
  const inbox = /\/manage\/units\/[0-9a-f-]+\/entries/.exec(html)[0];
  const found = new Map();
  for (let n = 1; n <= 8 && found.size < 3; n += 1) {
    const list = await officer.ask(`${inbox}?page=${n}`);
    for (const path of new Set(list.html.match(/\/manage\/entries\/[0-9a-f-]{36}/g) ?? [])) {
      const entry = await officer.ask(path);
      // Tools that were used have chips of the same look, without an address beside them.
      const service = /class="chip label">(YouTube|Canva|Google Drive|TikTok|Padlet|Google Forms)<\/span>\s*<a/.exec(entry.html)?.[1];
      if (service && !found.has(service)) found.set(service, path);
    }
  }
  assert.ok(found.size >= 2, `links of several kinds: ${[...found.keys()]}`);
  for (const [width, lang] of [[1280, "vi"], [360, "en"]]) {
    const page = await house.page({ width, lang });
    await house.signIn(page, "district.officer@hoithi.example", password);
    for (const [service, path] of found) {
      await page.goto(path);
      const link = page.locator('main a[rel~="noopener"][href^="https://"]').first();
      assert.doesNotMatch(await link.getAttribute("href"), /utm_|usp=|si=|is_from_webapp/, service);
    }
    await house.axe(page);
    await house.fitsItsWidth(page);
    await house.shot(page, `links-${width}-${lang}`);
    await page.locator('a[href$="/qr"]').click();
    await page.locator(".qr img").waitFor();
    // Waits for the picture, and fails where it is none.
    assert.ok(await page.locator(".qr img").evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "the code is drawn");
    await house.axe(page);
    await house.fitsItsWidth(page);
    await house.shot(page, `qr-${width}-${lang}`);
    await page.context().close();
  }
});
