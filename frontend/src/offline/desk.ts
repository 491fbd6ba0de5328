// On every page: whose things this device keeps. On a judge's pages: the service worker, what was taken along, and what waits to be sent.
import { each, make } from "../elements";
import { number, say } from "../words";
import { takeAlong } from "./along";
import { forgetEverything, forgetTaken, keeper, listUnsent } from "./store";
import { type Sent, sendUnsent } from "./unsent";

export function guardDevice(): void {
  const account = document.body.dataset["account"];
  const kept = keeper();
  // Another person, or nobody: what was taken along goes; what was not sent waits, unseen, for its account.
  if (account !== undefined && kept && kept !== account) void forgetTaken().catch(() => undefined);
  document.addEventListener("submit", (event) => void signOut(event), true);
  if (!account || !location.pathname.startsWith("/judge")) return;
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js", { scope: "/judge" }).catch(() => undefined);
  each<HTMLElement>("[data-take-along]", (box) => void takeAlong(box).catch(() => (box.hidden = true)));
  const send = () => void sendWaiting(account);
  window.addEventListener("online", send);
  send();
}

async function sendWaiting(account: string): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-account][data-autosave]");
  const here = form?.dataset["autosave"]?.replace(/\/autosave$/, "") ?? "";
  const answer = await sendUnsent(account, here).catch(() => undefined);
  if (answer) sayWhatBecame(answer);
}

export function sayWhatBecame(answer: Sent): void {
  document.querySelector("[data-sent-notice]")?.remove();
  if (!answer.sent.length && !answer.disagreeing.length && !answer.refused.length) return;
  const list = make("ul", {});
  for (const row of answer.disagreeing) list.append(make("li", {}, `${row.code}: ${say("unsent-both")} `, make("a", { href: row.href }, say("both-see"))));
  for (const row of answer.refused) list.append(make("li", {}, `${row.code}: ${row.message ?? say("unsent-refused")} `, make("a", { href: row.href }, say("unsent-see"))));
  const notice = make("div", { class: list.childElementCount ? "notice no" : "notice ok", role: "status", "data-sent-notice": true });
  if (answer.sent.length) notice.append(make("p", {}, say("unsent-sent", { n: number(answer.sent.length) })));
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
