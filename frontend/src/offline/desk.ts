// On every page: whose things this device keeps. On a judge's pages: the service worker, what was taken along, and what waits to be sent.
import { each, make } from "../elements";
import { number, say } from "../words";
import { takeAlong } from "./along";
import { forgetEverything, forgetTaken, keeper, listUnsent } from "./store";
import { type Sent, UnsentSheet, sendUnsent } from "./unsent";

export function guardDevice(): void {
  const account = document.body.dataset["account"];
  const kept = keeper();
  // Another person, or nobody: what was taken along goes; what was not sent waits, unseen, for its account.
  if (account !== undefined && kept && kept !== account) void forgetTaken().catch(() => undefined);
  document.addEventListener("submit", (event) => void signOut(event), true);
  if (!account || !location.pathname.startsWith("/judge")) return;
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js", { scope: "/judge" }).catch(() => undefined);
  each<HTMLElement>("[data-take-along]", (box) => void takeAlong(box).catch(() => (box.hidden = true)));
  each<HTMLFormElement>("form[data-kept]:not([data-autosave])", (form) => void new UnsentSheet(form).showKept());
  const here = document.querySelector<HTMLFormElement>("form[data-kept]")?.dataset["kept"];
  for (const event of ["hoithi:sent", "hoithi:refused"]) document.addEventListener(event, (said) => afterSending((said as CustomEvent<{ href: string; give: boolean }>).detail, here));
  window.addEventListener("online", () => void sendWaiting(account, false));
  void sendWaiting(account, true);
}

// The sheet on this page was given without a network: what became of it is the page's own news.
function afterSending(said: { href: string; give: boolean }, here: string | undefined): void {
  if (said.href === here && said.give) location.reload();
}

async function sendWaiting(account: string, isNewPage: boolean): Promise<void> {
  const here = document.querySelector<HTMLFormElement>("form[data-account][data-autosave]")?.dataset["kept"] ?? "";
  const answer = await sendUnsent(account, here, isNewPage).catch(() => undefined);
  if (answer) sayWhatBecame(answer);
}

export function sayWhatBecame(answer: Sent): void {
  document.querySelector("[data-sent-notice]")?.remove();
  if (!answer.sent.length && !answer.given.length && !answer.disagreeing.length && !answer.refused.length) return;
  const list = make("ul", {});
  for (const row of answer.disagreeing) list.append(make("li", {}, `${row.code}: ${say("unsent-both")} `, make("a", { href: row.href }, say("both-see"))));
  for (const row of answer.refused) list.append(make("li", {}, `${row.code}: ${row.message ?? say("unsent-refused")} `, make("a", { href: row.href }, say("unsent-see"))));
  const notice = make("div", { class: list.childElementCount ? "notice no" : "notice ok", role: "status", "data-sent-notice": true });
  if (answer.sent.length) notice.append(make("p", {}, say("unsent-sent", { n: number(answer.sent.length) })));
  if (answer.given.length) notice.append(make("p", {}, say("unsent-given", { n: number(answer.given.length) })));
  if (list.childElementCount) notice.append(list);
  document.querySelector("main")?.prepend(notice);
}

// Signing out takes everything off the device; sheets that were not sent are sent first, or their loss is agreed to.
async function signOut(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  const account = document.body.dataset["account"] ?? "";
  if (form.getAttribute("action") !== "/sign-out" || !keeper() || form.dataset["forgotten"] !== undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const answer = await sendUnsent(account).catch(() => undefined);
  const left = answer ? (await listUnsent(account).catch(() => [])).length : 0;
  if (left && !window.confirm(say("unsent-lose", { n: number(left) }))) return;
  await forgetEverything(account).catch(() => undefined);
  form.dataset["forgotten"] = "";
  form.requestSubmit();
}
