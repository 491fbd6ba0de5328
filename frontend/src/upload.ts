// Sends files as soon as they are chosen and shows how far they are. Without script the same form is sent by its button.
import { make } from "./elements";
import { number, say, size } from "./words";

export function upload(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const button = form.querySelector<HTMLElement>('.actions, button:not([type="button"])');
  if (button) button.hidden = true;
  const place = make("div", { role: "status" });
  form.append(place);

  const start = () => {
    const file = input.files?.[0];
    if (!file) return;
    const refusal = objection(form, file);
    if (!refusal) return send(form, file, place);
    input.value = "";
    place.replaceChildren(make("p", { class: "error" }, refusal));
  };
  input.addEventListener("change", start);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
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
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    start();
  });
}

function objection(form: HTMLFormElement, file: File): string | null {
  const max = Number(form.dataset["maxBytes"] ?? 0);
  if (file.size === 0) return say("empty-file", { name: file.name });
  if (max > 0 && file.size > max) return say("too-large", { name: file.name, size: size(file.size), max: size(max) });
  return null;
}

function send(form: HTMLFormElement, file: File, place: HTMLElement): void {
  const request = new XMLHttpRequest();
  const bar = make("progress", { max: "100", value: "0", "aria-label": say("uploading", { name: file.name }) });
  const words = make("span", { class: "small number" });
  const stop = make("button", { type: "button", class: "button small", click: () => request.abort() }, say("upload-stop"));
  const drop = form.querySelector<HTMLElement>(".drop");
  const began = performance.now();
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();

  const fail = (text: string, again: boolean) => {
    finish();
    const retry = make("button", { type: "button", class: "button small", click: () => send(form, file, place) }, say("upload-again"));
    place.replaceChildren(make("div", { class: "stack tight", role: "alert" }, make("p", { class: "error" }, text), ...(again ? [make("div", {}, retry)] : [])));
  };
  const finish = () => {
    window.removeEventListener("beforeunload", stay);
    if (drop) drop.hidden = false;
  };

  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const seconds = (performance.now() - began) / 1000;
    const speed = event.loaded / Math.max(seconds, 0.1);
    bar.value = (100 * event.loaded) / event.total;
    words.textContent =
      event.loaded === event.total ? say("upload-done") : say("upload-progress", { sent: size(event.loaded), total: size(event.total), speed: size(speed), left: duration((event.total - event.loaded) / speed) });
  });
  request.addEventListener("load", () => {
    if (request.status < 200 || request.status > 299) {
      const message = answer(request).message;
      return fail(message ?? say("upload-refused"), message === undefined);
    }
    finish();
    const next = answer(request).location;
    if (next) location.assign(next);
    else location.reload();
  });
  request.addEventListener("error", () => fail(say("upload-failed"), true));
  request.addEventListener("abort", () => {
    finish();
    place.replaceChildren();
    form.reset();
  });

  place.replaceChildren(make("div", { class: "sending" }, make("strong", {}, say("uploading", { name: file.name })), bar, make("div", { class: "row" }, words, stop)));
  if (drop) drop.hidden = true;
  window.addEventListener("beforeunload", stay);
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.setRequestHeader("Accept", "application/json");
  const body = new FormData(form);
  const name = form.querySelector<HTMLInputElement>('input[type="file"]')?.name ?? "file";
  body.set(name, file);
  request.send(body);
}

function answer(request: XMLHttpRequest): { message?: string; location?: string } {
  try {
    return JSON.parse(request.responseText) as { message?: string; location?: string };
  } catch {
    return {};
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? say("seconds", { n: number(Math.ceil(seconds)) }) : say("minutes", { n: number(Math.ceil(seconds / 60)) });
}
