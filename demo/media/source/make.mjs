// Makes every file of demo/media and index.json. Run by `demo/media/make`, which installs what this imports.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as clip from "./clips.mjs";
import { documents } from "./documents.mjs";
import { tune } from "./music.mjs";
import * as picture from "./pictures.mjs";
import { decks, write } from "./slides.mjs";

const require = createRequire(join(process.env.MODULES, "package.json"));
const { chromium } = require("playwright-core");
const QRCode = require("qrcode");
const PptxGen = require("pptxgenjs");

const source = dirname(fileURLToPath(import.meta.url));
const media = dirname(source);
const work = mkdtempSync(join(tmpdir(), "hoithi-media-"));
const out = (name) => join(media, name);
const run = (program, ...words) => execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });
const ffmpeg = (...words) => run("ffmpeg", "-hide_banner", "-loglevel", "error", "-y", ...words);
const webp = (from, to, width, quality = 78) => ffmpeg("-i", from, "-vf", `scale=${width}:-2:flags=lanczos`, "-c:v", "libwebp", "-quality", `${quality}`, "-compression_level", "6", out(to));

const files = [];
function list(file, facts) {
  files.push({ file, ...facts, bytes: statSync(out(file)).size });
}

const fonts = [400, 700].flatMap((weight) => ["vietnamese", "latin"].map((part) => {
  const font = readFileSync(join(process.env.MODULES, `node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-${part}-${weight}-normal.woff2`)).toString("base64");
  const range = part === "latin" ? "U+0000-00FF, U+2000-206F" : "U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB";
  return `@font-face { font-family: "Be Vietnam Pro"; font-weight: ${weight}; src: url(data:font/woff2;base64,${font}); unicode-range: ${range} }`;
})).join("");
const style = `<style>${fonts} body { margin: 0 } svg { display: block; font-family: "Be Vietnam Pro" }</style>`;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ") });

async function canvas(width, height, scale = 1) {
  const page = await (await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale })).newPage();
  await page.setContent(`${style}<div id="scene"></div><p style="font:400 1px 'Be Vietnam Pro'">ăđ<b>ăđ</b></p>`);
  await page.evaluate(() => document.fonts.ready);
  page.draw = async (body, file, type = "png") => {
    const svg = body.startsWith("<svg") ? body : `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;
    await page.evaluate((text) => { document.getElementById("scene").innerHTML = text; }, svg);
    return page.screenshot({ path: file, type, clip: { x: 0, y: 0, width, height }, ...(type === "jpeg" ? { quality: 84 } : {}) });
  };
  return page;
}

const scene = await canvas(clip.width, clip.height);
for (const [n, { name, theme, title, draw }] of clip.clips.entries()) {
  for (let frame = 0; frame < clip.seconds * clip.framesPerSecond; frame += 1) {
    await scene.draw(draw(frame / clip.framesPerSecond), join(work, `frame-${String(frame).padStart(4, "0")}.png`));
  }
  writeFileSync(join(work, "tune.wav"), tune(clip.seconds, 11 + n));
  ffmpeg("-framerate", `${clip.framesPerSecond}`, "-i", join(work, "frame-%04d.png"), "-i", join(work, "tune.wav"), "-c:v", "libx264", "-preset", "veryslow", "-tune", "animation", "-crf", "28", "-pix_fmt", "yuv420p", "-profile:v", "high", "-c:a", "aac", "-b:a", "40k", "-ac", "1", "-shortest", "-movflags", "+faststart", out(`${name}.mp4`));
  webp(join(work, "frame-0050.png"), `${name}.webp`, clip.width);
  list(`${name}.mp4`, { media_type: "video/mp4", kind: "video", product_form: "Video clip", theme, title, poster: `${name}.webp`, width: clip.width, height: clip.height, seconds: clip.seconds });
}

const poster = await canvas(picture.width, picture.height);
for (const { name, theme, title, product_form, draw } of picture.pictures) {
  await poster.draw(draw(), out(`${name}.jpg`), "jpeg");
  await poster.draw(draw(), join(work, "poster.png"));
  webp(join(work, "poster.png"), `${name}.webp`, 640);
  list(`${name}.jpg`, { media_type: "image/jpeg", kind: "image", product_form, theme, title, poster: `${name}.webp`, width: picture.width, height: picture.height });
}

function pages(pdf, name, width) {
  run("pdftoppm", "-r", "110", "-png", pdf, join(work, name));
  const count = Number(execFileSync("pdfinfo", [pdf]).toString().match(/Pages:\s+(\d+)/)[1]);
  return Array.from({ length: count }, (_, n) => {
    webp(join(work, `${name}-${n + 1}.png`), `${name}-${n + 1}.webp`, width, 72);
    return `${name}-${n + 1}.webp`;
  });
}

const paper = await canvas(794, 1123);
for (const { name, theme, title, html } of documents) {
  await paper.setContent(html.replace("<style>", `<style>${fonts} svg { font-family: "Be Vietnam Pro" }`));
  await paper.evaluate(() => document.fonts.ready);
  await paper.pdf({ path: out(`${name}.pdf`), preferCSSPageSize: true, printBackground: true, tagged: true });
  const shown = pages(out(`${name}.pdf`), name, 760);
  list(`${name}.pdf`, { media_type: "application/pdf", kind: "document", product_form: "Bộ tài liệu mã QR", theme, title, poster: shown[0], pages: shown });
}

for (const deck of decks) {
  const cover = await scene.draw(deck.cover, join(work, "cover.jpg"), "jpeg");
  await write(PptxGen, deck, cover, out(`${deck.name}.pptx`));
  run("soffice", `-env:UserInstallation=file://${work}/office`, "--headless", "--convert-to", "pdf", "--outdir", work, out(`${deck.name}.pptx`));
  const shown = pages(join(work, `${deck.name}.pdf`), deck.name, 800);
  list(`${deck.name}.pptx`, { media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation", kind: "slides", product_form: "Bài trình chiếu", theme: deck.theme, title: deck.title, poster: shown[0], pages: shown });
}

const games = [
  { name: "o-chu-khoi-nghiep", folder: "o-chu", file: "o-chu-khoi-nghiep.html", media_type: "text/html", product_form: "Trò chơi ô chữ", theme: "khởi nghiệp", title: "Ô chữ: Phụ nữ khởi nghiệp" },
  { name: "game-phan-loai-rac", folder: "phan-loai-rac", file: "game-phan-loai-rac.zip", media_type: "application/zip", product_form: "Mini game", theme: "bảo vệ môi trường", title: "Ai nhanh tay phân loại rác" },
];
for (const { name, folder, file, ...facts } of games) {
  if (file.endsWith(".zip")) {
    rmSync(out(file), { force: true });
    execFileSync("python3", ["-m", "zipfile", "-c", out(file), "index.html", "giao-dien.css", "tro-choi.js"], { cwd: join(source, folder) });
  } else {
    writeFileSync(out(file), readFileSync(join(source, folder, "index.html")));
  }
  const table = await (await browser.newContext({ viewport: { width: 640, height: 480 } })).newPage();
  await table.goto(`file://${join(source, folder, "index.html")}`);
  await table.screenshot({ path: join(work, "game.png") });
  webp(join(work, "game.png"), `${name}.webp`, 640);
  list(file, { ...facts, kind: "game", poster: `${name}.webp` });
}

const board = await canvas(640, 640);
for (const [name, theme, title, address] of [
  ["ma-qr-an-toan-giao-thong", "an toàn giao thông", "Mã QR: Bộ tài liệu an toàn giao thông", "https://hoithi.example/tai-lieu/an-toan-giao-thong"],
  ["ma-qr-cham-soc-tre-em", "chăm sóc trẻ em", "Mã QR: Góc đọc sách cho bé", "https://hoithi.example/tai-lieu/goc-doc-sach"],
]) {
  const code = await QRCode.toString(address, { type: "svg", margin: 0, errorCorrectionLevel: "M" });
  const words = title.replace("Mã QR: ", "");
  await board.draw(`<rect width="640" height="640" fill="#fffdfa"/><rect x="16" y="16" width="608" height="608" rx="28" fill="#fff" stroke="#a6124f" stroke-width="6"/>
    <text x="320" y="76" text-anchor="middle" font-size="31" font-weight="700" fill="#a6124f">${words}</text>
    <g transform="translate(120 100)">${code.replace("<svg ", '<svg width="400" height="400" ')}</g>
    <text x="320" y="552" text-anchor="middle" font-size="26" font-weight="700" fill="#1f1b24">Quét mã để xem tài liệu</text>
    <text x="320" y="590" text-anchor="middle" font-size="18" fill="#645d6b">${address.replace("https://", "")}</text>`, join(work, "qr.png"));
  ffmpeg("-i", join(work, "qr.png"), "-vf", "split[a][b];[a]palettegen=max_colors=16[p];[b][p]paletteuse=dither=none", "-compression_level", "9", out(`${name}.png`));
  webp(join(work, "qr.png"), `${name}.webp`, 320);
  list(`${name}.png`, { media_type: "image/png", kind: "qr", product_form: "Bộ tài liệu mã QR", theme, title, poster: `${name}.webp`, width: 640, height: 640, address });
}

writeFileSync(join(work, "tune.wav"), tune(12, 29));
ffmpeg("-i", join(work, "tune.wav"), "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-movflags", "+faststart", out("nhac-hieu-chi-hoi.m4a"));
list("nhac-hieu-chi-hoi.m4a", { media_type: "audio/mp4", kind: "audio", product_form: "Video clip", theme: "gia đình 5 không 3 sạch", title: "Nhạc hiệu sinh hoạt chi hội", seconds: 12 });

await browser.close();
rmSync(work, { recursive: true });
writeFileSync(out("index.json"), `${JSON.stringify({ files }, null, 1)}\n`);
console.log(`${files.length} files listed, ${files.reduce((sum, { bytes }) => sum + bytes, 0)} bytes without posters`);
