// Saves a form while it is filled in, and says so. Nothing typed is lost: what cannot be sent is kept in the browser and tried again.
import { Kept, bodyOf } from "./kept";
import { make } from "./elements";
import { handIn } from "./offline/hand_in";
import { UnsentSheet } from "./offline/unsent";
import { say } from "./words";

const pause = 1200;
const waits = [2000, 5000, 10000, 30000];

type Answer = { saved_at?: string; version?: string | number; edition?: string | number; message?: string; both?: boolean };

export function autosave(form: HTMLFormElement): void {
  const address = form.dataset["autosave"] || form.action;
  const status = form.querySelector<HTMLElement>("[data-saved]") ?? document.querySelector<HTMLElement>("[data-saved]");
  const sheet = form.dataset["account"] ? new UnsentSheet(form) : null;
  const kept = sheet ?? new Kept(form, address);
  const giving = sheet ? handIn(form, sheet, { show: (text, kind) => show(text, kind), settle: () => (clearTimeout(timer), underWay), leave: () => (leaving = true) }) : null;
  let changes = 0;
  let savedChanges = 0;
  let failures = 0;
  let timer = 0;
  let sending = false;
  let leaving = false;
  let underWay: Promise<void> = Promise.resolve();

  const show = (text: string, kind: "" | "trying" | "failed") => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("trying", kind === "trying");
    status.classList.toggle("failed", kind === "failed");
  };
  const later = (wait: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => (underWay = send()), wait);
  };
  const again = () => {
    show(say("not-saved"), "trying");
    later(waits[Math.min(failures, waits.length - 1)] ?? 30000);
    failures += 1;
  };

  async function send(): Promise<void> {
    clearTimeout(timer);
    if (sending || leaving || giving?.waits() || changes === savedChanges) return;
    sending = true;
    const upTo = changes;
    try {
      const response = await fetch(address, { method: "POST", body: bodyOf(form, sheet?.save), headers: { "X-Requested-With": "fetch", Accept: "application/json" }, credentials: "same-origin" });
      const answer: Answer = await response.json().catch(() => ({}));
      if (response.ok && !response.redirected) succeeded(answer, upTo);
      else if (response.status >= 500 || response.status === 429) again();
      else if (answer.both) disagreed(answer);
      else show(answer.message ?? say(response.status === 401 || response.redirected ? "signed-out" : "refused"), "failed");
    } catch {
      again();
    } finally {
      sending = false;
    }
    if (changes !== upTo) later(pause);
  }

  function succeeded(answer: Answer, upTo: number): void {
    savedChanges = upTo;
    failures = 0;
    for (const name of ["version", "edition"] as const) {
      const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field && answer[name] !== undefined) field.value = String(answer[name]);
    }
    if (changes === upTo) kept.drop();
    else sheet?.keep();
    sheet?.saved(String(answer.edition ?? ""));
    const left = status?.dataset["left"];
    show(say("saved", { time: answer.saved_at ?? "" }).trim() + (left ? ` · ${left}` : ""), "");
  }

  // Another page or device saved first. What was typed here is kept, and both are shown.
  function disagreed(answer: Answer): void {
    show(answer.message ?? say("refused"), "failed");
    const see = () => {
      leaving = true;
      location.reload();
    };
    status?.append(" ", make("button", { type: "button", class: "button small", click: see }, say("both-see")));
  }

  form.addEventListener("input", () => {
    changes += 1;
    if (sheet) sheet.changed();
    else kept.keep();
    later(pause);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || giving) return;
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("online", () => (underWay = send()));
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") underWay = send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !giving?.waits() && changes !== savedChanges) event.preventDefault();
  });
  void kept.offer();
}
