// A visitor who knows forms and cookies, enough to sign in and to find the way to what is measured.
export class Visitor {
  constructor(address) {
    this.address = address;
    this.cookies = new Map();
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async ask(path, { method = "GET", body, headers } = {}) {
    const answer = await fetch(new URL(path, this.address), { method, body, redirect: "manual", headers: { cookie: this.cookie, ...headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      if (value) this.cookies.set(name, value); else this.cookies.delete(name);
    }
    return { status: answer.status, location: answer.headers.get("location"), html: await answer.text() };
  }

  // The page at the end of the redirects.
  async open(path) {
    for (let turns = 0; turns < 5; turns += 1) {
      const page = await this.ask(path);
      if (page.status < 300 || page.status >= 400) {
        if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
        return { path, ...page };
      }
      path = page.location;
    }
    throw new Error(`${path} redirects for ever`);
  }

  async signIn(name, password) {
    const { html } = await this.open("/sign-in");
    const form = forms(html).find(({ fields }) => fields.has("password"));
    form.fields.set("name", name).set("password", password);
    const answer = await this.send(form, "/sign-in");
    if (answer.status !== 303) throw new Error(`${name} could not sign in: ${answer.status}`);
    return this;
  }

  send({ action, fields }, page) {
    return this.ask(action || page, { method: "POST", body: new URLSearchParams([...fields]) });
  }
}

const plain = (text) => text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&#x2F;", "/").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`));
  return found && plain(found[1] ?? found[2] ?? found[3]);
};

// The forms of a page with the values that a browser would send.
export function forms(html) {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const fields = new Map();
    for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      const type = attribute(tag, "type");
      if (!name || type === "file" || type === "submit") continue;
      if ((type === "radio" || type === "checkbox") && !/\schecked/.test(tag)) { if (type === "radio" && !fields.has(name)) fields.set(name, ""); continue; }
      fields.set(name, attribute(tag, "value") ?? "");
    }
    for (const [, head, text] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) fields.set(attribute(head, "name"), plain(text));
    for (const [, head, options] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
      const chosen = options.match(/<option\b[^>]*\sselected[^>]*>/) ?? options.match(/<option\b[^>]*>/);
      if (chosen) fields.set(attribute(head, "name"), attribute(chosen[0], "value") ?? "");
    }
    return { action: attribute(form.match(/<form\b[^>]*>/)[0], "action") ?? "", html: form, fields };
  });
}

export const links = (html) => [...html.matchAll(/<a\b[^>]*>/g)].map(([tag]) => attribute(tag, "href")).filter(Boolean);
