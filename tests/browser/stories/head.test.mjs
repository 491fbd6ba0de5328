// The head of a panel defends a standing, and an organiser lets the makers read: on the contest that is under way in the demonstration.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";
import { Visitor, links } from "../harness/visitor.mjs";

const password = "sen-hong-2024";

async function poolOf(house, name, start) {
  const visitor = await new Visitor(house.server.address).signIn(name, password);
  const { html } = await visitor.open(start);
  const found = links(html).map((link) => link.match(/^\/(?:manage|judge)\/pools\/[0-9a-f-]{36}/)?.[0]).filter(Boolean);
  const ids = [...new Set(found.map((link) => link.split("/").at(-1)))];
  for (const id of ids) {
    const { status, html: page } = await visitor.ask(`/manage/pools/${id}/certainty`);
    if (status === 200 && page.includes("name=\"top\"") && /<table class="matrix/.test(page)) return `/manage/pools/${id}`;
  }
  throw new Error(`no pool with sheets among ${ids.length}`);
}

// On a phone and on a desk, in both languages: nothing is wider than the window and axe finds nothing.
async function looks(house, page, path, name) {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(path);
    await house.shot(page, `${name}-${width}`);
    await house.fitsItsWidth(page);
    await house.axe(page);
  }
}

story("a head shows how sure the standing is and what the panel said", { words: ["demo"] }, async (house) => {
  const pool = await poolOf(house, "head@hoithi.example", "/judge");
  for (const lang of ["vi", "en"]) {
    const page = await house.page({ lang });
    await house.signIn(page, "head@hoithi.example", password);
    for (const part of ["progress", "standing", "certainty", "certainty?without=4", "judges", "deliberation"]) {
      await looks(house, page, `${pool}/${part}`, `head-${lang}-${part.replace(/\W/g, "-")}`);
    }
    await page.context().close();
  }
  const page = await house.page();
  await house.signIn(page, "head@hoithi.example", password);
  await page.goto(`${pool}/certainty`);
  // Each line adds up with a pocket calculator, from what is printed alone.
  const number = (text) => Number(text.replace("−", "-").replace("+", "").replace(",", "."));
  const rows = await page.locator("table.matrix tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText)));
  assert.ok(rows.length > 10);
  for (const [, , raw, line, score] of rows) {
    const adjustment = number(line.split(":")[0]);
    const terms = [...line.split("\n").at(-1).matchAll(/GK\d+ ([+−]?[\d,]+)/g)].map(([, points]) => number(points));
    assert.ok(terms.length > 0, line);
    const mean = terms.reduce((sum, term) => sum + term, 0) / terms.length;
    assert.ok(Math.abs(adjustment + mean) < 0.0051, line);
    assert.ok(Math.abs(number(raw) + adjustment - number(score.split("\n")[0])) < 1e-9, `${raw} ${line} ${score}`);
  }
  assert.ok(await page.locator("svg .chart-reach").count() > 10, "intervals are drawn");
  await page.goto(`${pool}/deliberation`);
  await page.locator("textarea[name=body]").fill("Cả hai bài đều tốt.");
  await page.getByRole("button", { name: "Ghi ý kiến" }).click();
  await page.getByText("Cả hai bài đều tốt.").first().waitFor();
  // In a blind round a head sees no unit on any of these pages.
  const html = await page.content();
  assert.doesNotMatch(html, /Hội LHPN xã/);
});

story("an organiser sees the room, packs the marks, and tries the rules for ties", { words: ["demo"] }, async (house) => {
  const pool = await poolOf(house, "district.officer@hoithi.example", "/manage");
  const page = await house.page();
  await house.signIn(page, "district.officer@hoithi.example", password);
  for (const part of ["progress", "certainty", "judges", "deliberation", "comments"]) await looks(house, page, `${pool}/${part}`, `organiser-${part}`);
  await page.goto(`${pool}/comments`);
  await page.getByRole("button", { name: /^Duyệt nhận xét/ }).first().click();
  await page.getByText("1 nhận xét được duyệt.").waitFor();
  await page.goto(`${pool}/standing`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải toàn bộ điểm để tính lại" }).click()]);
  assert.match(download.suggestedFilename(), /^marks-.*\.zip$/);
  await page.context().close();

  const organiser = await house.page();
  await house.signIn(organiser, "province.officer@hoithi.example", password);
  await looks(house, organiser, "/manage/contests/chuyen-doi-so/ties", "organiser-ties");
  await organiser.getByText("Bài A").first().waitFor();
});

story("an organiser opens a contest only after seeing how equal scores are told apart", { words: ["demo"] }, async (house) => {
  const page = await house.page({ width: 360 });
  await house.signIn(page, "province.officer@hoithi.example", password);
  await page.goto("/manage/contests/new");
  await page.locator("a[href*='vwu_it_2024_proposed']").click();
  await page.locator("[name=title]").fill("Hội thi thử cách xử lý bằng điểm");
  await page.getByRole("button", { name: "Tạo cuộc thi" }).click();
  await page.waitForURL((url) => /^\/manage\/contests\/(?!new)[a-z0-9-]+$/.test(url.pathname));
  const contest = new URL(page.url()).pathname;
  await page.goto(`${contest}/dates`);
  await page.locator("[name=closes_date]").fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await page.locator("main form.form button.main").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/dates"));

  // The overview says what is left, and leads there.
  await page.goto(contest);
  assert.equal(await page.locator(`a[href='${contest}/open']`).count(), 0, "it cannot open yet");
  await house.axe(page);
  await house.shot(page, "organiser-before-ties-360");
  await page.locator(`.call a[href='${contest}/ties']`).first().click();
  await page.getByText("Bài A").first().waitFor();
  await house.axe(page);
  await house.fitsItsWidth(page);
  await house.shot(page, "organiser-ties-360");
  await page.getByRole("button", { name: "Đã xem, các bước này đúng ý" }).click();
  await page.waitForURL(`**${contest}/awards`);
  await page.goto(`${contest}/ties`);
  await page.getByText("đã xem", { exact: true }).first().waitFor();

  await page.goto(contest);
  await page.locator(`a[href='${contest}/open']`).click();
  await page.getByRole("button", { name: "Mở cuộc thi" }).click();
  await page.waitForURL(`**${contest}`);
  await page.getByText("Đang nhận bài").first().waitFor();
});
