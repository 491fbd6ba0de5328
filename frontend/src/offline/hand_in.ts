// The two buttons of a sheet, by script: what is given while the network is away is kept, and goes when it is back. Whoever changes
// something before then takes the last word back.
import { make } from "../elements";
import { bodyOf } from "../kept";
import { say } from "../words";
import type { UnsentSheet } from "./unsent";

const waits = [3000, 10_000, 30_000];

type Page = { show(text: string, kind: "" | "trying" | "failed"): void; settle(): Promise<void>; leave(): void };
type Answer = { next?: string; edition?: number };

export function handIn(form: HTMLFormElement, sheet: UnsentSheet, page: Page): { waits(): boolean } {
  let waiting = false;
  let busy = false;
  let failures = 0;
  let timer = 0;

  async function hand(act: string, isRepeat: boolean): Promise<void> {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      // A save on its way changes the edition that this one is made on.
      await page.settle();
      const isLast = act !== "save";
      if (isLast && !isRepeat) sheet.give();
      const fields = bodyOf(form, sheet.save);
      fields.set("act", act);
      const response = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, credentials: "same-origin" });
      if (response.ok && !response.redirected) return await arrived((await response.json()) as Answer, isLast);
      if (response.status >= 500 || response.status === 429) return later(isLast);
      if (response.status === 401 || response.redirected) return page.show(say("signed-out"), "failed");
      // The page of the refusal says what is wrong, beside what was typed.
      if (isLast) sheet.keep();
      await sheet.settled();
      leaveWith(act);
    } catch {
      later(act !== "save");
    } finally {
      busy = false;
    }
  }

  async function arrived(answer: Answer, isLast: boolean): Promise<void> {
    waiting = false;
    sheet.drop();
    if (isLast) sheet.saved(String(answer.edition ?? ""), true);
    await sheet.settled();
    page.leave();
    location.assign(answer.next ?? location.href);
  }

  function later(isLast: boolean): void {
    waiting = isLast;
    if (!isLast) return page.show(say("not-saved"), "trying");
    page.show(say("give-later"), "trying");
    timer = window.setTimeout(() => void hand("submit", true), waits[Math.min(failures, waits.length - 1)]);
    failures += 1;
  }

  function leaveWith(act: string): void {
    page.leave();
    form.querySelector('input[name="act"]')?.remove();
    form.append(make("input", { type: "hidden", name: "act", value: act }));
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    failures = 0;
    void hand((event.submitter as HTMLButtonElement | null)?.value ?? "submit", false);
  });
  form.addEventListener("input", () => {
    waiting = false;
    clearTimeout(timer);
  });
  window.addEventListener("online", () => {
    if (waiting) void hand("submit", true);
  });
  return { waits: () => waiting || busy };
}
