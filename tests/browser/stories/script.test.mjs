// What the script adds to forms, tried on a page of its own: the browser is given a made-up page and made-up answers, with the
// program's real styles and script.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";

const forms = `
<form method="post" action="/trial/send" data-autosave="/trial/save"><input type="hidden" name="csrf" value="s"><input type="hidden" name="edition" value="1">
  <label>Giới thiệu <textarea name="text"></textarea></label>
  <label class="choice"><input type="radio" name="kind" value="collective"><span>Tập thể</span></label>
  <span class="saved" role="status" data-saved></span><button class="button main">Gửi bài</button></form>
<form method="post" action="/trial/send" data-confirm="Rút bài này?" data-confirm-yes="Rút bài"><button class="button danger">Rút</button></form>
<form method="post" action="/trial/upload" enctype="multipart/form-data" data-upload data-max-bytes="2000000" id="upload">
  <label class="drop">Tệp <input type="file" name="file"></label><div class="actions"><button class="button">Tải lên</button></div></form>
<form method="get" action="/trial" data-auto-submit><label>Cấp <select name="level"><option value="">Mọi cấp</option><option value="1">Cấp xã</option></select></label></form>`;

// Answers as they are set by the story; `asked` is what came in.
async function trial(house, page) {
  const home = await (await fetch(house.server.address)).text();
  const [css, js] = [/href="(\/assets\/app-[^"]+\.css)"/, /src="(\/assets\/app-script[^"]+\.js)"/].map((pattern) => pattern.exec(home)[1]);
  const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>x</title><link rel="stylesheet" href="${css}"><script type="module" src="${js}"></script></head><body><main>${forms}</main></body></html>`;
  const state = { answer: { status: 200, json: { saved_at: "09:41", edition: 7 } }, asked: [] };
  await page.route("**/trial**", async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    const sent = request.method() === "POST";
    if (sent) state.asked.push({ pathname, body: request.postData() ?? "" });
    if (!sent || pathname === "/trial/send") return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    if (!state.answer) return route.abort();
    return route.fulfill(state.answer);
  });
  await page.goto("/trial");
  return state;
}

const says = (page, text) => page.locator("[data-saved]", { hasText: text }).waitFor();
const kept = (page) => page.evaluate(() => Object.keys(localStorage).length);

story("a form saves itself, says so, and survives a lost network", {}, async (house) => {
  const page = await house.page();
  const state = await trial(house, page);
  await page.fill("[name=text]", "xin chào");
  await page.check("[name=kind]");
  await says(page, "Đã lưu 09:41");
  assert.match(state.asked.at(-1).body, /text=xin\+ch%C3%A0o&kind=collective/);
  assert.equal(await page.inputValue("[name=edition]"), "7");
  assert.equal(await kept(page), 0);

  const good = state.answer;
  state.answer = null;
  await page.fill("[name=text]", "mất mạng");
  await says(page, "Chưa lưu được, đang thử lại");
  assert.equal(await kept(page), 1);
  state.answer = good;
  await says(page, "Đã lưu 09:41");
  assert.equal(await kept(page), 0);
});

story("what the server refused is offered back when the page was left", {}, async (house) => {
  const page = await house.page();
  const state = await trial(house, page);
  const good = state.answer;
  const questions = [];
  page.on("dialog", (dialog) => { questions.push(dialog.type()); dialog.accept(); });
  state.answer = { status: 409, json: { message: "Bài đã khóa." } };
  await page.fill("[name=text]", "chữ đã gõ");
  await says(page, "Bài đã khóa.");
  await page.goto("/trial");
  assert.deepEqual(questions, ["beforeunload"]);
  assert.equal(await page.inputValue("[name=text]"), "");
  state.answer = good;
  await page.getByRole("button", { name: "Lấy lại" }).click();
  assert.equal(await page.inputValue("[name=text]"), "chữ đã gõ");
  await says(page, "Đã lưu 09:41");
  assert.equal(await kept(page), 0);
});

story("a form is sent once, and what cannot be undone is asked first", {}, async (house) => {
  const page = await house.page();
  const state = await trial(house, page);
  await page.evaluate(() => { const button = document.querySelector("button.main"); button.click(); button.click(); });
  await page.waitForURL("**/trial/send");
  assert.equal(state.asked.filter(({ pathname }) => pathname === "/trial/send").length, 1);

  state.asked.length = 0;
  await page.goto("/trial");
  const withdraw = page.getByRole("button", { name: "Rút", exact: true });
  await withdraw.click();
  await page.keyboard.press("Escape");
  await withdraw.click();
  await page.getByRole("button", { name: "Không, quay lại" }).click();
  assert.equal(state.asked.length, 0);
  await withdraw.click();
  await page.getByRole("dialog").getByRole("button", { name: "Rút bài" }).click();
  await page.waitForURL("**/trial/send");
  assert.equal(state.asked.length, 1);
});

story("a file is checked before anything of it is sent", {}, async (house) => {
  const page = await house.page();
  const state = await trial(house, page);
  const choose = (name, bytes) => page.setInputFiles("[name=file]", { name, mimeType: "video/mp4", buffer: Buffer.alloc(bytes) });
  const error = page.locator("#upload .error");
  await page.locator("#upload [role=status]").waitFor({ state: "attached" });
  await choose("lớn.mp4", 3_000_000);
  assert.equal(await error.textContent(), "Tệp “lớn.mp4” nặng 3 MB, quá mức 2 MB. Hãy chọn tệp nhỏ hơn hoặc giảm độ phân giải rồi thử lại.");
  await choose("rỗng.mp4", 0);
  assert.equal(await error.textContent(), "Tệp “rỗng.mp4” trống (0 byte). Hãy kiểm tra lại tệp.");
  assert.equal(state.asked.length, 0);
});

story("a filter is applied when it is chosen", {}, async (house) => {
  const page = await house.page();
  await trial(house, page);
  await page.selectOption("[name=level]", "1");
  await page.waitForURL("**/trial?level=1");
});
