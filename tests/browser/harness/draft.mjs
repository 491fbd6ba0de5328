// A member's draft in the demonstration, with a slot for films, and a film of any size that is whole.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./server.mjs";
import { Visitor, forms } from "./visitor.mjs";

const password = "sen-hong-2024";
export const member = ["member@hoithi.example", password];

// A box that players skip, behind the film.
export function film(bytes) {
  const clip = readFileSync(join(root, "demo/media/clip-bao-ve-moi-truong.mp4"));
  const rest = Buffer.alloc(bytes - clip.length);
  rest.writeUInt32BE(rest.length, 0);
  rest.write("free", 4, "latin1");
  // One byte after the other takes seconds for a large one, and servers close idle lines meanwhile.
  const pattern = Buffer.from(Uint8Array.from({ length: 65_521 }, (_, at) => (at * 31 + (at >> 8)) % 251));
  rest.fill(pattern, 8);
  return Buffer.concat([clip, rest]);
}

// Begins an entry as the member does, and tells where its files are sent.
export async function draft(address, contest = "chuyen-doi-so") {
  const visitor = await new Visitor(address).signIn(...member);
  const page = await visitor.open(`/my/entries/new?contest=${contest}`);
  const form = forms(page.html).find(({ fields }) => fields.has("entry"));
  form.fields.set("title", "Bài để thử tải lên");
  if (!form.fields.get("kind")) form.fields.set("kind", "individual");
  const entry = form.fields.get("entry");
  const answer = await visitor.send(form, "/my/entries/new");
  if (answer.status !== 303) throw new Error(`no draft: ${answer.status}`);
  const files = `/my/entries/${entry}/attachments`;
  const { html } = await visitor.open(files);
  const slots = [...html.matchAll(/<section class="slot[^"]*" id="slot-([^"]+)">([\s\S]*?)<\/section>/g)];
  const slot = slots.find(([, , inside]) => /accept="[^"]*video/.test(inside) || !/accept=/.test(inside))[1];
  return { visitor, entry, files, slot };
}

export async function token(address) {
  const answer = await fetch(`${address}/api/v1/tokens`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ sign_in: member[0], password: member[1] }) });
  return (await answer.json()).token;
}

// The bytes of the first file of the entry, as the page links to it.
export async function stored({ visitor, files }) {
  const { html } = await visitor.open(files);
  const href = /href="(\/files\/[^"]+)"/.exec(html)?.[1];
  if (!href) return null;
  const answer = await fetch(new URL(href, visitor.address), { headers: { cookie: visitor.cookie } });
  return Buffer.from(await answer.arrayBuffer());
}
