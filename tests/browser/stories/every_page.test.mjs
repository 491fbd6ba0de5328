// Every page of the demonstration that somebody can reach by following links, for each of its people and for visitors: it answers,
// no link on it leads nowhere, nothing is wider than a phone, and axe finds nothing. A few of each kind of address stand for the rest.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";
import { Visitor, links } from "../harness/visitor.mjs";

const maxOfOneKind = 2;

// What stays of an address when the things in it are taken out: /my/entries/{}/edit?page
function kindOf(address) {
  const { pathname, searchParams } = new URL(address, "http://x");
  const path = pathname.split("/").map((part) => (/\d/.test(part) || (part.match(/-/g) ?? []).length > 2 ? "{}" : part)).join("/");
  return `${path}?${[...searchParams.keys()].sort().join("&")}`;
}

async function reachable(visitor, start) {
  const seen = new Map();
  const broken = [];
  const pages = [];
  const waiting = start.map((address) => [address, "the start"]);
  while (waiting.length) {
    const [address, from] = waiting.shift();
    const kind = kindOf(address);
    const known = seen.get(kind) ?? new Set();
    if (known.has(address) || known.size >= maxOfOneKind) continue;
    seen.set(kind, known.add(address));
    const page = await visitor.ask(address);
    if (page.status >= 300 && page.status < 400) {
      waiting.unshift([page.location, `${address} (redirected)`]);
    } else if (page.status !== 200) {
      broken.push(`${page.status} ${address}, linked from ${from}`);
    } else if (page.html.startsWith("<!doctype html>") || page.html.startsWith("<!DOCTYPE html>")) {
      pages.push(address);
      for (const link of links(page.html)) {
        if (!link.startsWith("/") || link.startsWith("//")) continue;
        waiting.push([link.split("#")[0], address]);
      }
    }
  }
  return { broken, pages };
}

story("every page that can be reached answers, fits a phone, and reads well for everybody", { words: ["demo"] }, async (house) => {
  const { accounts } = await (await fetch(`${house.server.address}/demo/accounts.json`)).json();
  const people = [{ role: "visitor", start: "/" }, ...accounts.filter(({ role }) => !/judge[3-9]/.test(role))];
  const wrong = [];
  const looked = new Set();
  for (const { role, sign_in, password, start } of people) {
    const visitor = new Visitor(house.server.address);
    if (sign_in) await visitor.signIn(sign_in, password);
    const { broken, pages } = await reachable(visitor, [start, "/"]);
    wrong.push(...broken.map((line) => `${role}: ${line}`));
    assert.ok(pages.length > 1, `${role} finds more than one page`);

    const page = await house.page({ width: 360 });
    await page.context().addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: house.server.address })));
    for (const address of pages) {
      const kind = `${role === "visitor"} ${kindOf(address)}`;
      if (address.startsWith("/files/") || looked.has(kind)) continue;
      looked.add(kind);
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address);
        const name = `${role}${kindOf(address).replace(/[^a-z]+/g, "-")}${width}`;
        await house.shot(page, name);
        for (const check of [() => house.fitsItsWidth(page), () => house.axe(page)]) await check().catch((error) => wrong.push(`${role} at ${width}: ${error.message}`));
        const headings = await page.locator("h1").count();
        if (headings !== 1) wrong.push(`${role}: ${address} has ${headings} main headings`);
      }
    }
    await page.context().close();
  }
  if (wrong.length) throw new Error(`${wrong.length} things are wrong:\n${wrong.join("\n")}`);
});
