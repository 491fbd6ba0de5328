// Uploads that go on where they were: after a lost network, a reload, another sign-in, on another device. Loaded only by pages
// that have a slot for files; without it the same form sends the file at one go.
import { DetailedError, Upload } from "tus-js-client";

import { make } from "./elements";
import { number, say, size } from "./words";

// Above this the size is told before anything is sent.
const TOLD_FROM = 20_000_000;
const PIECE = 8 << 20;
const SMALLEST = 256 << 10;
const LARGEST = 16 << 20;
// A part that takes about so long loses little when the line breaks and wastes little on asking.
const PART_SECONDS = 6;
const RETRY_DELAYS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
// After the client's own tries, in which the phone may have been in a pocket.
const PATIENCE_SECONDS = 30;

type Unfinished = { id: string; href: string; entry: string; field: string; file_name: string; byte_count: number; saved_bytes: number; declared_hash: string | null };

let active = 0;

export function resumable(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const button = form.querySelector<HTMLElement>('.actions, button:not([type="button"])');
  if (button) button.hidden = true;
  const place = make("div", { role: "status" });
  form.append(place);

  const chosen = (file: File | undefined) => {
    if (!file) return;
    const refusal = objection(form, file);
    if (refusal) {
      input.value = "";
      return place.replaceChildren(make("p", { class: "error" }, refusal));
    }
    tellSize(form, file, place, input);
  };
  input.addEventListener("change", () => chosen(input.files?.[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    chosen(input.files?.[0]);
  });
  const drop = form.querySelector<HTMLElement>(".drop");
  drop?.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop?.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    chosen(event.dataTransfer?.files[0]);
  });
}

function objection(form: HTMLFormElement, file: File): string | null {
  const max = Number(form.dataset["maxBytes"] ?? 0);
  if (file.size === 0) return say("empty-file", { name: file.name });
  if (max > 0 && file.size > max) return say("too-large", { name: file.name, size: size(file.size), max: size(max) });
  return null;
}

function tellSize(form: HTMLFormElement, file: File, place: HTMLElement, input: HTMLInputElement): void {
  const line = (navigator as { connection?: { type?: string } }).connection?.type;
  const go = () => void begin(form, file, place);
  if (file.size < TOLD_FROM || line === "wifi" || line === "ethernet") return go();
  const start = make("button", { type: "button", class: "button main", click: go }, say("upload-start"));
  const other = make("button", { type: "button", class: "button quiet", click: () => ((input.value = ""), place.replaceChildren()) }, say("upload-other"));
  place.replaceChildren(make("div", { class: "sending" }, make("strong", {}, file.name), make("p", {}, say("upload-size", { size: size(file.size) })), make("div", { class: "row" }, start, other)));
  start.focus();
}

// The SHA-256 of the SHA-256 of each piece of 8 MiB: what the file will be is known before it is sent, whatever its size. Only
// where the browser offers it, which is where the page came safely.
async function piecesHash(file: File): Promise<string | null> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle || !file.arrayBuffer) return null;
  const digests = new Uint8Array(32 * Math.ceil(file.size / PIECE));
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = await file.slice(at, at + PIECE).arrayBuffer();
    digests.set(new Uint8Array(await subtle.digest("SHA-256", piece)), (32 * at) / PIECE);
  }
  return [...new Uint8Array(await subtle.digest("SHA-256", digests))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What was begun for this slot with this file, here or on another device.
async function begunBefore(form: HTMLFormElement, file: File, hash: string | null): Promise<Unfinished | undefined> {
  const answer = await fetch("/uploads", { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) return undefined;
  const unfinished = (await answer.json()) as Unfinished[];
  const same = (one: Unfinished) => one.byte_count === file.size && (one.declared_hash && hash ? one.declared_hash === hash : one.file_name === file.name.normalize("NFC"));
  return unfinished.find((one) => one.entry === form.dataset["entry"] && one.field === form.dataset["slot"] && same(one));
}

async function begin(form: HTMLFormElement, file: File, place: HTMLElement): Promise<void> {
  const bar = make("progress", { max: "100", value: "0", "aria-label": say("uploading", { name: file.name }) });
  const words = make("span", { class: "small number" }, say("upload-reading"));
  const pause = make("button", { type: "button", class: "button small" }, say("upload-pause"));
  const give = make("button", { type: "button", class: "button small quiet" }, say("upload-drop"));
  const drop = form.querySelector<HTMLElement>(".drop");
  place.replaceChildren(make("div", { class: "sending" }, make("strong", {}, say("uploading", { name: file.name })), bar, words, make("div", { class: "row" }, pause, give)));
  if (drop) drop.hidden = true;
  form.dataset["sending"] = "";
  active += 1;
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", stay);

  let upload: Upload | undefined;
  let paused = false;
  let over = false;
  let waiting = 0;
  let partBegan = performance.now();
  // What came lately says more of the line than what came in all.
  let speed = 0;
  let last = { at: performance.now(), sent: -1 };

  const leave = () => {
    over = true;
    active -= 1;
    window.clearTimeout(waiting);
    window.removeEventListener("beforeunload", stay);
    window.removeEventListener("online", goOn);
    delete form.dataset["sending"];
    if (drop) drop.hidden = false;
  };
  const fail = (text: string) => {
    leave();
    place.replaceChildren(make("div", { class: "stack tight", role: "alert" }, make("p", { class: "error" }, text)));
  };
  const goOn = () => {
    if (over || paused || !upload) return;
    window.clearTimeout(waiting);
    partBegan = performance.now();
    last = { at: performance.now(), sent: -1 };
    void upload.start();
  };
  window.addEventListener("online", goOn);

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = say(paused ? "upload-resume" : "upload-pause");
    if (!paused) return goOn();
    window.clearTimeout(waiting);
    void upload?.abort();
    words.textContent = say("upload-paused");
  });
  give.addEventListener("click", () => {
    void upload?.abort(true).catch(() => undefined);
    leave();
    form.reset();
    place.replaceChildren();
  });

  const hash = await piecesHash(file).catch(() => null);
  const before = await begunBefore(form, file, hash).catch(() => undefined);
  if (over) return;
  const metadata: Record<string, string> = { entry: form.dataset["entry"] ?? "", field: form.dataset["slot"] ?? "", filename: file.name };
  if (hash) metadata["pieces-sha256"] = hash;
  upload = new Upload(file, {
    endpoint: "/uploads",
    uploadUrl: before?.href ?? null,
    metadata,
    chunkSize: 2 << 20,
    retryDelays: RETRY_DELAYS,
    headers: { "X-Requested-With": "fetch" },
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(["hoithi-upload", metadata["entry"], metadata["field"], file.name, file.size, file.lastModified].join(":")),
    onShouldRetry: (error) => {
      shrink(upload);
      const status = (error as DetailedError).originalResponse?.getStatus() ?? 0;
      return status === 0 || status === 409 || status === 423 || status === 460 || status >= 500;
    },
    onProgress: (sent, total) => {
      const now = performance.now();
      if (last.sent >= 0 && now - last.at > 400) {
        const lately = ((sent - last.sent) * 1000) / (now - last.at);
        speed = speed === 0 ? lately : 0.7 * speed + 0.3 * Math.max(lately, 0);
        last = { at: now, sent };
      } else if (last.sent < 0) last = { at: now, sent };
      bar.value = (100 * sent) / total;
      if (paused) return;
      const left = speed > 0 ? duration((total - sent) / speed) : "…";
      words.textContent = sent === total ? say("upload-done") : say("upload-progress", { sent: size(sent), total: size(total), speed: size(speed), left });
    },
    onChunkComplete: (bytes) => {
      const seconds = Math.max((performance.now() - partBegan) / 1000, 0.05);
      partBegan = performance.now();
      if (upload) upload.options.chunkSize = between(Math.min((bytes / seconds) * PART_SECONDS, 2 * bytes));
      form.dataset["part"] = `${upload?.options.chunkSize ?? 0}`;
    },
    onError: (error) => {
      const response = (error as DetailedError).originalResponse;
      const status = response?.getStatus() ?? 0;
      if (status === 401) return fail(say("upload-signed-out"));
      if (status > 0 && status < 500 && status !== 409 && status !== 423) return fail(message(response?.getBody()) ?? say("upload-refused"));
      words.textContent = message(response?.getBody()) ?? say("upload-waiting");
      waiting = window.setTimeout(goOn, PATIENCE_SECONDS * 1000);
    },
    onSuccess: () => {
      leave();
      place.replaceChildren(make("p", {}, say("upload-kept", { name: file.name })));
      // What else is being sent on this page would break off.
      if (active === 0) location.reload();
    },
  });
  if (!before) {
    const [known] = await upload.findPreviousUploads();
    if (known) upload.resumeFromPreviousUpload(known);
  }
  if (paused || over) return;
  partBegan = performance.now();
  upload.start();
}

const between = (bytes: number) => Math.round(Math.min(Math.max(bytes, SMALLEST), LARGEST));

function shrink(upload: Upload | undefined): void {
  if (upload) upload.options.chunkSize = between((upload.options.chunkSize ?? LARGEST) / 2);
}

function message(body: string | undefined): string | undefined {
  try {
    return (JSON.parse(body ?? "") as { message?: string }).message;
  } catch {
    return undefined;
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? say("seconds", { n: number(Math.ceil(seconds)) }) : say("minutes", { n: number(Math.ceil(seconds / 60)) });
}
