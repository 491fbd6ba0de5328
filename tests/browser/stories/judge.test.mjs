// A judge at the desk: with a network, without one, and on two devices that disagree.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";

const demo = { words: ["demo"] };

async function people(house) {
  const { accounts } = await (await fetch(`${house.server.address}/demo/accounts.json`)).json();
  return Object.fromEntries(accounts.map((account) => [account.role, account]));
}

async function judgeAt(house, role, options = {}) {
  const account = (await people(house))[role];
  const page = await house.page(options);
  await house.signIn(page, account.sign_in, account.password);
  return page;
}

// The pool that is open for marks.
async function openList(page) {
  await page.goto("/judge");
  const doors = await page.locator(".doors a[href^='/judge/pools/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const door of doors) {
    await page.goto(door);
    if (await page.locator(".button.main[href*='/entries/']").count()) return door;
  }
  throw new Error("no pool is open");
}

const openEntries = (page) => page.locator("tr[data-along]").evaluateAll((rows) => rows.filter((row) => row.querySelector(".chip.assigned")).map((row) => row.dataset.along));
// Does something, and waits until the page has saved itself.
const saving = (page, act) => Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/autosave") && answer.ok()), act()]);

// Every criterion gets its highest mark but `less` steps.
async function mark(page, less = 0) {
  // Without a network the page is put together by script.
  await page.locator(".mark").first().waitFor();
  for (const scale of await page.locator(".mark .scale").all()) {
    const radios = scale.locator("input:not([value=''])");
    await radios.nth(Math.max(0, (await radios.count()) - 1 - less)).check();
  }
  for (const box of await page.locator(".mark-number").all()) {
    const max = Number((await box.locator(".soft").textContent()).replace(/[^\d,]/g, "").replace(",", "."));
    await box.locator("input").fill(String(max - less).replace(".", ","));
  }
}

const valueOf = (page, name) => page.evaluate((wanted) => new FormData(document.querySelector(".desk-form")).get(wanted), name);

story("a judge marks, notes, puts aside, reviews and submits all, with the keyboard too", demo, async (house) => {
  const page = await judgeAt(house, "judge2");
  const list = await openList(page);
  await house.axe(page);
  const entries = await openEntries(page);
  assert.ok(entries.length >= 3, "there is something to judge");

  await page.goto(entries[0]);
  await house.axe(page);
  await mark(page);
  assert.equal(await page.locator(".total output").textContent(), "100");
  await page.locator("details.note summary").first().press("Enter");
  await saving(page, () => page.locator("details.note textarea").first().fill("Cách làm mới, đã dùng thật"));
  await page.locator("[data-saved]", { hasText: "Đã lưu" }).waitFor();
  assert.match(await page.locator("[data-saved]").textContent(), /^Đã lưu \d\d:\d\d · còn \d+ bài$/);
  await house.shot(page, "judge-sheet-1280");

  // The next one later: it comes back in the list with its own word.
  await page.goto(entries[1]);
  await page.getByRole("button", { name: "Để sau" }).press("Enter");
  await page.waitForURL((url) => url.pathname !== entries[1]);
  await page.goto(list);
  assert.equal(await page.locator(`tr[data-along="${entries[1]}"] .chip`).textContent(), "Để sau");

  await page.getByRole("link", { name: "Xem lại tất cả" }).click();
  await house.axe(page);
  await house.shot(page, "judge-review-1280");
  assert.ok(await page.getByText("Cách làm mới, đã dùng thật").isVisible());
  await page.getByRole("button", { name: /^Chốt \d+ phiếu đã đủ điểm$/ }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: /^Chốt/ }).press("Enter");
  await page.waitForURL(`**${list}`);
  assert.ok(await page.locator(`tr[data-along="${entries[0]}"] .chip.done`).count());

  await page.goto(`${list}/scores`);
  await house.axe(page);
  await page.setViewportSize({ width: 360, height: 780 });
  for (const address of [list, `${list}/review`, `${list}/scores`, entries[2]]) {
    await page.goto(address);
    await house.fitsItsWidth(page);
    await house.axe(page);
    await house.shot(page, `judge${address.replace(/[0-9a-f-]{36}/g, "").replace(/\W+/g, "-")}-360`);
  }
});

// The browser tells the page by itself, sooner or later; a page that was sooner is on its way to another already.
const noticed = (page) => page.evaluate(() => window.dispatchEvent(new Event("online"))).catch(() => {});

story("a judge works without a network, and what was marked arrives when it is back", demo, async (house) => {
  const page = await judgeAt(house, "judge2", { width: 360 });
  const list = await openList(page);
  const entries = await openEntries(page);
  const [first] = entries;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.getByRole("button", { name: "Mang theo" }).click();
  await page.getByText(/tệp xem nặng/).waitFor();
  await house.axe(page);
  await page.getByRole("button", { name: "Tải về" }).click();
  await page.getByText(/đang ở trên máy này/).waitFor();
  await house.shot(page, "judge-along-360");

  await page.context().setOffline(true);
  await page.goto(first);
  await page.getByText(/Điểm được giữ trên máy này/).waitFor();
  await house.axe(page);
  await house.fitsItsWidth(page);
  await mark(page, 1);
  await page.locator("[name=comment]").fill("Chấm khi không có mạng");
  await page.getByText(/sẽ gửi khi có mạng/).waitFor();
  const name = await page.locator(".mark [name^=mark-]").first().getAttribute("name");
  const value = await valueOf(page, name);
  await house.shot(page, "judge-offline-sheet-360");
  // The page may be closed and opened again.
  await page.goto("/judge");
  await page.getByText("Chưa gửi").first().waitFor();
  await house.axe(page);
  await page.goto(first);
  assert.equal(await page.inputValue("[name=comment]"), "Chấm khi không có mạng");

  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByText(/Đã gửi 1 phiếu/).waitFor();
  await page.goto(first);
  assert.equal(await page.inputValue("[name=comment]"), "Chấm khi không có mạng");
  assert.equal(await valueOf(page, name), value);
  assert.equal(await page.locator("[data-both]").count(), 0);

  // Two devices: the other one saves while this one has no network.
  await page.goto(list);
  await page.context().setOffline(true);
  await page.goto(first);
  await page.locator("[name=comment]").fill("Bản trên điện thoại");
  await page.getByText(/sẽ gửi khi có mạng/).waitFor();
  const other = await judgeAt(house, "judge2");
  await other.goto(first);
  await saving(other, () => other.locator("[name=comment]").fill("Bản trên máy bàn"));
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByRole("link", { name: "So hai bản" }).click();
  const both = page.locator("[data-both]");
  await both.waitFor();
  await house.axe(page);
  await house.shot(page, "judge-both-360");
  assert.match(await both.textContent(), /Bản trên máy bàn/);
  assert.match(await both.textContent(), /Bản trên điện thoại/);
  await saving(page, () => page.getByRole("button", { name: "Dùng bản trên máy này" }).click());
  await other.goto(first);
  assert.equal(await other.inputValue("[name=comment]"), "Bản trên điện thoại");

  // Signing out takes everything off a shared telephone.
  await page.goto(list);
  await page.locator("details.menu.only-narrow summary").click();
  await page.locator("form[action='/sign-out'] button:visible").click();
  await page.waitForURL((url) => url.pathname === "/");
  const left = await page.evaluate(async () => ({ caches: (await caches.keys()).filter((key) => key === "hoithi-taken"), rows: (await indexedDB.databases()).filter(({ name }) => name === "hoithi-judge") }));
  assert.deepEqual(left, { caches: [], rows: [] });
});

story("what one person took along is not shown to the next on the same device", demo, async (house) => {
  const page = await judgeAt(house, "judge2");
  await openList(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.getByRole("button", { name: "Mang theo" }).click();
  await page.getByRole("button", { name: "Chỉ tải phiếu điểm" }).click();
  await page.getByText(/đang ở trên máy này/).waitFor();
  const [first] = await openEntries(page);
  // The session ends without a sign-out, and somebody else signs in.
  await page.context().clearCookies({ name: "hoithi_session" });
  const account = (await people(house)).judge3;
  await house.signIn(page, account.sign_in, account.password);
  await page.goto("/judge");
  await page.waitForFunction(() => new Promise((done) => {
    const asked = indexedDB.open("hoithi-judge", 1);
    asked.onsuccess = () => {
      const rows = asked.result.transaction("taken").objectStore("taken").count();
      rows.onsuccess = () => (asked.result.close(), done(rows.result === 0));
    };
  }));
  await page.context().setOffline(true);
  await page.goto(first);
  await page.getByText("Không có mạng, và chưa mang theo bài nào trên máy này.").waitFor();
});

story("a judge submits without a network, and hears later what became of it", demo, async (house) => {
  const page = await judgeAt(house, "judge2", { width: 360 });
  const list = await openList(page);
  const [first, second, third] = await openEntries(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const alongNow = async () => (await page.request.get(`${first}/along`, { headers: { "X-Requested-With": "fetch" } })).json();
  const hrefsOf = (along) => along.small.flatMap((file) => file.hrefs);
  const before = hrefsOf(await alongNow());
  await page.getByRole("button", { name: "Mang theo" }).click();
  await page.getByRole("button", { name: "Tải về" }).click();
  await page.getByText(/đang ở trên máy này/).waitFor();
  // What was taken along are the pieces for viewing, where there are any: no original that a piece stands for.
  const along = await alongNow();
  const made = along.files.filter((file) => ["video", "audio", "picture", "pages"].includes(file.view.kind) && file.view.src !== file.href);
  assert.equal(along.small.flatMap((file) => file.hrefs).filter((href) => href.includes("/renditions/")).length >= made.length, true);
  const kept = await page.evaluate(async () => (await (await caches.open("hoithi-taken")).keys()).map((request) => new URL(request.url).pathname));
  const asked = hrefsOf(along);
  // The demonstration goes on making pieces: where one was made meanwhile, another of the same file was taken along.
  const isStill = asked.length === before.length && asked.every((href) => before.includes(href));
  const fileOf = (href) => href.split("/").slice(0, 3).join("/");
  const isKept = (href) => kept.includes(href) || (!isStill && kept.some((other) => fileOf(other) === fileOf(href)));
  assert.ok(asked.length > 0 && asked.every(isKept), "all of it is on the device");

  await page.context().setOffline(true);
  await page.goto(first);
  const give = page.getByRole("button", { name: "Chốt điểm", exact: true });
  await give.click();
  await page.getByText(/^Còn thiếu điểm: /).waitFor();
  await mark(page, 1);
  await page.locator("[name=comment]").fill("Chốt khi không có mạng");
  await give.click();
  await page.getByText(/^Đã ghi là chốt trên máy này/).waitFor();
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.shot(page, "judge-given-offline-360");
  // Whoever changes something takes the last word back; the next press gives it again.
  await page.locator("[name=comment]").fill("Chốt sau khi nghĩ lại");
  await page.getByText(/sẽ gửi khi có mạng/).waitFor();
  await page.goto("/judge");
  await page.locator(".doors .chip", { hasText: "Chưa gửi" }).waitFor();
  await page.goto(first);
  await give.click();
  await page.getByText(/^Đã ghi là chốt trên máy này/).waitFor();
  await page.goto("/judge");
  await page.locator(".doors .chip", { hasText: "Sẽ chốt khi có mạng" }).waitFor();
  await house.axe(page);

  await page.context().setOffline(false);
  await noticed(page);
  await page.getByText("Đã chốt 1 phiếu chấm khi không có mạng.").waitFor();
  await page.goto(list);
  assert.equal(await page.locator(`tr[data-along="${first}"] .chip.done`).count(), 1);
  await page.goto(first);
  await page.getByText("Chốt sau khi nghĩ lại").waitFor();

  // A page that was open when the network went: its button keeps the sheet, and gives it when the network is back.
  await page.goto(second);
  await mark(page);
  await page.locator("[data-saved]", { hasText: "Đã lưu" }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: /^Chốt điểm/ }).click();
  await page.getByText(/^Đã ghi là chốt trên máy này/).waitFor();
  await page.context().setOffline(false);
  await noticed(page);
  await page.waitForURL((url) => url.pathname !== second);
  await page.goto(list);
  assert.equal(await page.locator(`tr[data-along="${second}"] .chip.done`).count(), 1);

  // The judging is closed before the third one arrives: the judge hears so, and what was written is still there.
  await page.context().setOffline(true);
  await page.goto(third);
  await mark(page, 2);
  await page.locator("[name=comment]").fill("Đến quá muộn");
  await give.click();
  await page.getByText(/^Đã ghi là chốt trên máy này/).waitFor();
  const head = await judgeAt(house, "head");
  await head.goto(`/manage${list.replace("/judge", "")}/progress`);
  await head.locator("textarea[name=reason]").fill("Đủ phiếu để quyết định");
  await head.getByRole("button", { name: "Kết thúc chấm" }).click();
  await head.getByRole("dialog").getByRole("button", { name: "Kết thúc chấm" }).click();
  await head.getByRole("button", { name: "Cho chấm tiếp" }).waitFor();
  await page.context().setOffline(false);
  await noticed(page);
  const refused = page.locator("[data-refused]");
  await refused.waitFor();
  assert.match(await refused.textContent(), /Đã kết thúc chấm điểm/);
  assert.match(await refused.textContent(), /Đến quá muộn/);
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.shot(page, "judge-refused-later-360");
  await page.reload();
  await refused.waitFor();
  await refused.getByRole("button", { name: "Bỏ đi" }).click();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await refused.count(), 0);
});
