// What is not a form: menus that close, links that are copied, printing, and the way out of another app's browser.
import { each, make } from "./elements";
import { say } from "./words";

export function closeMenus(): void {
  const close = (except: Element | null) => each<HTMLDetailsElement>("details.menu[open]", (menu) => menu !== except && (menu.open = false));
  document.addEventListener("click", (event) => close((event.target as Element).closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    close(null);
    open?.querySelector("summary")?.focus();
  });
}

export function copyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
    else if ((event.target as Element).closest("[data-print]")) window.print();
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const text = button.dataset["copy"] || location.href;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Old web views have no clipboard for pages; the selection's own command still works there.
    const box = make("textarea", { class: "unseen", "aria-hidden": "true" }, text);
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  const before = button.textContent ?? "";
  button.textContent = say("copied");
  button.setAttribute("aria-live", "polite");
  window.setTimeout(() => (button.textContent = before), 2500);
}

// Zalo and Facebook open links in browsers of their own, which lose uploads when the app is left.
export function wayOut(): void {
  if (!/\bZalo|FBA[NV]\b/i.test(navigator.userAgent) || sessionStorage.getItem("hoithi:way-out") === "closed") return;
  const band = make("div", { class: "way-out", role: "region", "aria-label": say("way-out-open") }, make("p", {}, say("way-out-text")));
  if (/Android/i.test(navigator.userAgent)) {
    const bare = location.href.replace(/^https?:\/\//, "");
    const scheme = location.protocol.replace(":", "");
    band.append(make("a", { class: "button small", href: `intent://${bare}#Intent;scheme=${scheme};action=android.intent.action.VIEW;end` }, say("way-out-open")));
  }
  band.append(
    make("button", { type: "button", class: "button small", "data-copy": location.href }, say("way-out-copy")),
    make("button", { type: "button", class: "button small quiet", click: () => (sessionStorage.setItem("hoithi:way-out", "closed"), band.remove()) }, say("close")),
  );
  document.querySelector(".top")?.before(band);
}
