// One small contest, played in the browser by everybody who has a part in it: an administrator, the organiser at the centre, an
// officer of a province, a member of a commune with a phone, a judge who was invited by a link, and at last a visitor. It begins
// with an empty database and ends with the published award list; every page on the way is looked at.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../harness/server.mjs";
import { story } from "../harness/story.mjs";

const password = "một mật khẩu để thử";
const tree = `code,name,level,parent_code
TW,Trung ương Hội,central,
83,Hội LHPN tỉnh Bến Tre,province,TW
836,Hội LHPN huyện Ba Tri,district,83
29128,Hội LHPN xã An Hiệp,commune,836
`;
const files = { work: join(root, "demo/media/ma-qr-cham-soc-tre-em.png") };

async function prepare(run) {
  await run(["admin", "create", "--name", "Nguyễn Thị Thử", "--phone", "0912 345 678"], `${password}\n`);
  const file = join(process.env.TMPDIR ?? "/tmp", `tree-${process.pid}.csv`);
  await writeFile(file, tree);
  await run(["import", "units", file, "--as-of", "2020-01-01", "--levels", "central:Trung ương,province:Tỉnh,district:Huyện,commune:Xã,branch:Chi hội"]);
}

// Somebody at a window: every page that comes up is checked for what axe finds and for its width.
class Person {
  constructor(house, page) {
    Object.assign(this, { house, page });
  }

  async look() {
    await this.page.waitForLoadState();
    await this.house.fitsItsWidth(this.page);
    await this.house.axe(this.page);
  }

  async open(address) {
    const answer = await this.page.goto(address);
    assert.equal(answer.status(), 200, `${address} answered ${answer.status()}`);
    await this.look();
  }

  // What is asked once more is agreed to.
  async press(target) {
    const button = typeof target === "string" ? this.page.getByRole("button", { name: target, exact: true }) : target;
    const asks = await button.evaluate((element) => Boolean(element.dataset?.confirm ?? element.closest("form")?.dataset.confirm));
    const loaded = this.page.waitForEvent("load");
    await button.click();
    if (asks) await this.page.getByRole("dialog").getByRole("button").filter({ hasNotText: "Không, quay lại" }).click();
    await loaded;
    await this.look();
  }

  async follow(name) {
    const link = typeof name === "string" ? this.page.getByRole("link", { name, exact: true }).first() : name;
    const loaded = this.page.waitForEvent("load");
    await link.click();
    await loaded;
    await this.look();
  }

  async savesItself(type) {
    const saved = this.page.waitForResponse((answer) => answer.url().endsWith("/autosave") && answer.ok());
    await type();
    await saved;
    await this.page.locator("[data-saved]", { hasText: /\d\d:\d\d/ }).waitFor();
  }

  unfold(summary) {
    return this.page.locator("summary", { hasText: summary }).first().click();
  }

  fill(label, text) {
    return this.page.getByLabel(label, { exact: true }).first().fill(text);
  }

  address() {
    return new URL(this.page.url()).pathname;
  }

  reads(text) {
    return this.page.getByText(text).first().waitFor();
  }
}

story("a small contest runs from nothing to its published award list", { prepare }, async (house) => {
  const at = async (options) => new Person(house, await house.page(options));

  // The administrator asks an officer of the centre and one of the province to come in, each by a link.
  const administrator = await at();
  await house.signIn(administrator.page, "0912345678", password);
  const invited = async (host, unit, role) => {
    await host.open("/units?q=" + encodeURIComponent(unit));
    const page = await host.page.locator("a[href^='/units/']", { hasText: unit }).first().getAttribute("href");
    await host.open(`/manage${page}/people`);
    const form = host.page.locator("form[action$='/invitations']");
    await form.locator(`input[name=role][value=${role}]`).check({ force: true });
    await host.press(form.getByRole("button"));
    return host.page.locator("section.call .code").textContent();
  };
  const comesIn = async (person, link, name, phone) => {
    await person.open(new URL(link).pathname);
    await person.page.locator("[name=full_name]").fill(name);
    await person.page.locator("[name=phone]").fill(phone);
    await person.page.locator("[name=password]").fill(password);
    await person.press(person.page.locator("form:has([name=password]) button.main"));
  };
  const organiser = await at();
  await comesIn(organiser, await invited(administrator, "Trung ương Hội", "officer"), "Trần Thị Tổ Chức", "0912 000 001");
  const officer = await at();
  await comesIn(officer, await invited(administrator, "Hội LHPN tỉnh Bến Tre", "officer"), "Lê Thị Cán Bộ", "0912 000 002");

  // The organiser makes the contest from a preset, adds what the checklist misses, and opens it.
  await organiser.open("/manage");
  await organiser.open("/manage/contests/new");
  await organiser.follow(organiser.page.locator("a[href*='vwu_it_2024_proposed']"));
  await organiser.page.locator("[name=title]").fill("Hội thi <nhỏ> để thử");
  await organiser.press("Tạo cuộc thi");
  const contest = organiser.address();
  const slug = contest.split("/").at(-1);
  await organiser.reads("Việc còn lại trước khi mở");
  assert.equal(await organiser.page.locator(`a[href='${contest}/open']`).count(), 0, "it cannot open yet");
  await organiser.open(`${contest}/dates`);
  const closes = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await organiser.page.locator("[name=closes_date]").fill(closes);
  await organiser.press(organiser.page.locator("main form.form button.main"));
  for (const part of ["texts", "limits", "categories", "fields", "consents", "rounds", "awards", "organisers"]) await organiser.open(`${contest}/${part}`);
  await organiser.open(`${contest}/ties`);
  await organiser.press("Đã xem, các bước này đúng ý");
  await organiser.open(contest);
  await organiser.follow(organiser.page.locator(`a[href='${contest}/open']`));
  await organiser.press("Mở cuộc thi");

  // The member with a phone writes a draft, which saves itself, adds a file, and sends it in.
  const member = await at({ width: 360 });
  await comesIn(member, await invited(officer, "Hội LHPN xã An Hiệp", "member"), "Phạm Thị Hội Viên", "0912 000 003");
  await member.open("/my/entries/new");
  await member.follow(member.page.locator(`a[href='/my/entries/new?contest=${slug}']`));
  await member.page.locator("[name=kind][value=individual]").check({ force: true });
  await member.page.locator("[name=title]").fill("Sổ tay <b>số</b> của chi hội");
  await member.press("Bắt đầu soạn bài");
  const draft = member.address().replace(/\/edit$/, "");
  await member.savesItself(() => member.page.getByLabel(/^Mô tả sản phẩm/).fill("Sổ tay dùng trong các buổi sinh hoạt."));
  await member.page.reload();
  assert.equal(await member.page.getByLabel(/^Mô tả sản phẩm/).inputValue(), "Sổ tay dùng trong các buổi sinh hoạt.", "what was typed is still there");
  await member.page.getByLabel(/^Hiệu quả/).fill("Hai mươi hội viên đã dùng.");
  await member.page.locator("[name=authors]").fill("Phạm Thị Hội Viên");
  await member.page.getByLabel(/^Loại sản phẩm/).selectOption({ index: 2 });
  await member.page.getByLabel("Canva", { exact: true }).check({ force: true });
  const category = member.page.locator("select[name=category]");
  if (await category.count()) await category.selectOption({ index: 1 });
  await member.press("Lưu và sang bước tiếp");
  assert.equal(member.address(), `${draft}/attachments`);
  await member.page.locator("input[type=file]").first().setInputFiles(files.work);
  await member.page.getByRole("link", { name: "ma-qr-cham-soc-tre-em.png" }).first().waitFor({ timeout: 60_000 });
  await member.look();
  await member.open(`${draft}/submit`);
  const agree = async () => {
    for (const box of await member.page.locator("input[name^='consent-']").all()) await box.check({ force: true });
    await member.press("Gửi bài");
  };
  await agree();
  assert.equal(member.address(), `${draft}/receipts/1`);
  const code = (await member.page.locator("main").textContent()).match(/[A-Z]+-0001/)[0];
  await member.reads("Hội LHPN xã An Hiệp → Hội LHPN huyện Ba Tri");

  // The officer sends it back for correction; the member corrects it and sends it in again; the officer accepts it.
  await officer.open("/manage");
  const inbox = await officer.page.locator("a[href^='/manage/units/'][href$='/entries']").first().getAttribute("href");
  await officer.open(inbox);
  await officer.follow("Sổ tay <b>số</b> của chi hội");
  const entry = officer.address();
  await officer.unfold("Trả lại để sửa");
  await officer.page.locator("form[action$='/return'] [name=reason]").fill("Ghi rõ chi hội nào đã dùng.");
  await officer.press(officer.page.locator("form[action$='/return'] button"));
  await member.open(draft);
  await member.reads("Ghi rõ chi hội nào đã dùng.");
  await member.follow("Sửa và gửi lại");
  await member.page.getByLabel(/^Hiệu quả/).fill("Hai mươi hội viên chi hội ấp 1 đã dùng.");
  await member.press("Lưu và sang bước tiếp");
  await member.open(`${draft}/submit`);
  await agree();
  assert.equal(member.address(), `${draft}/receipts/2`);
  await officer.open(entry);
  await officer.press("Tiếp nhận");
  const list = await officer.page.request.get(`${inbox}.csv`);
  assert.match(await list.text(), new RegExp(`${code}.*Sổ tay`));

  // A judge comes in by a link and becomes head of the panel; the entry is drawn; the judge scores it, and it saves itself.
  await officer.open("/manage");
  await officer.follow(officer.page.locator("a[href^='/manage/pools/']").first());
  const pool = officer.address();
  await officer.open(`${pool}/panel`);
  await officer.unfold("Mời bằng đường dẫn");
  await officer.page.locator("form[action$='/panel/invite'] [name=full_name]").fill("Võ Thị Giám Khảo");
  await officer.press("Tạo đường dẫn mời");
  const judge = await at({ lang: "en" });
  await comesIn(judge, await officer.page.locator(".notice.ok .code").textContent(), "Võ Thị Giám Khảo", "0912 000 004");
  await officer.open(`${pool}/panel`);
  await officer.unfold("Thay đổi");
  await officer.page.locator("form[action$='/change'] [name=role]").check({ force: true });
  await officer.press(officer.page.locator("form[action$='/change'] button"));
  await officer.open(`${pool}/assignments`);
  await officer.page.locator("[name=judges_per_entry]").fill("1");
  await officer.press("Chia bài");
  await officer.open(`${pool}/progress`);
  await officer.press("Bắt đầu chấm");
  await judge.open("/judge");
  await judge.follow(judge.page.locator("a[href^='/judge/pools/']").first());
  await judge.follow(judge.page.locator("a[href*='/entries/']").first());
  const numbers = judge.page.locator(".mark-number input");
  for (const input of await numbers.all()) await input.fill("1");
  for (const scale of await judge.page.locator("fieldset.mark .scale").all()) await scale.locator("label").nth(1).click();
  await judge.savesItself(() => judge.page.locator("[name=comment]").fill("Dễ dùng."));
  await judge.page.reload();
  assert.equal(await judge.page.locator("[name=comment]").inputValue(), "Dễ dùng.", "the sheet saved itself");
  await judge.press(judge.page.locator("button[name=act][value=submit]"));

  // The officer closes the judging, decides with those who were present and the minutes, nominates, awards and publishes.
  await officer.open(`${pool}/progress`);
  await officer.press("Kết thúc chấm");
  await officer.open(`${pool}/standing`);
  await officer.open(`${pool}/decision`);
  await officer.page.locator("select[name^='outcome-']").selectOption("nominated");
  await officer.page.locator("[name=body_name]").fill("Ban Thường vụ Hội LHPN tỉnh Bến Tre");
  await officer.page.locator("[name=members_present]").fill("Trần Thị A\nLê Thị B");
  await officer.page.locator("[name=minutes]").fill("Ban Thường vụ thống nhất chọn và đề cử.");
  await officer.page.locator("[name=confirm]").check({ force: true });
  await officer.press("Ghi quyết định");
  await officer.open(`${pool}/awards`);
  const card = officer.page.locator("section[id^='award-']").first();
  await card.locator("summary").click();
  await card.locator("select[name=entry]").selectOption({ index: 1 });
  await officer.press(card.getByRole("button", { name: "Trao giải" }));
  await officer.open(`${pool}/publish`);
  await officer.page.locator("[name=confirm]").check({ force: true });
  await officer.press("Công bố");
  for (const part of ["", "/nominations", "/extend"]) await officer.open(pool + part);

  // The centre accepts the nomination and publishes the award list of the contest.
  await organiser.open("/manage");
  const central = organiser.page.locator("a[href^='/manage/pools/']");
  const pools = await Promise.all((await central.all()).map((link) => link.getAttribute("href")));
  const next = [...new Set(pools)].find((href) => href !== pool && !href.startsWith(`${pool}/`));
  assert.ok(next, "the next round has its pool");
  await organiser.open(`${next}/nominations`);
  await organiser.follow("Hồ sơ");
  for (const said of ["Hai mươi hội viên chi hội ấp 1 đã dùng.", "Giám khảo 1", "Dễ dùng.", "Ban Thường vụ thống nhất chọn và đề cử."]) await organiser.reads(said);
  await organiser.open(`${next}/nominations`);
  await organiser.press("Tiếp nhận bài đã đánh dấu");
  await organiser.open(`${contest}/publish`);
  await organiser.page.locator("[name=confirm]").check({ force: true });
  await organiser.press("Công bố");

  // A visitor reads it, in English, and takes the list home.
  const visitor = await at({ lang: "en" });
  for (const address of ["/", "/contests", `/contests/${slug}`, `/contests/${slug}/results`, `/contests/${slug}/entries`, `/contests/${slug}/statistics`]) await visitor.open(address);
  await visitor.open(`/contests/${slug}/results`);
  await visitor.reads("Sổ tay <b>số</b> của chi hội");
  await visitor.reads("First Prize");
  await visitor.reads("Hội thi <nhỏ> để thử");
  await visitor.open(`/contests/${slug}/entries/${code}`);
  const csv = await visitor.page.request.get(`/contests/${slug}/awards.csv`);
  assert.match(await csv.text(), new RegExp(`${code}.*Sổ tay`));
  const xlsx = await visitor.page.request.get(`/contests/${slug}/awards.xlsx`);
  assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
  const { awards } = await (await visitor.page.request.get(`/api/v1/contests/${slug}/results`)).json();
  assert.equal(awards.length, 1);
  await member.open("/my");
  await member.open(draft);
  assert.ok((await readFile(files.work)).length > 0);
});
