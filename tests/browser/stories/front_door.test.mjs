// What somebody meets who has just typed the address: the home page, the sign-in page, and the three addresses for machines.
import assert from "node:assert/strict";

import { story } from "../harness/story.mjs";

const makeAdministrator = (run) =>
  run(["admin", "create", "--name", "Nguyễn Thị Thử", "--phone", "0912 345 678"], "một mật khẩu để thử\n");

story("the front door opens for phones and desks, in light and dark, in both languages and without scripts", { prepare: makeAdministrator }, async (house) => {
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    assert.equal((await fetch(house.server.address + path)).status, 200, path);
  }

  for (const lang of ["vi", "en"]) {
    for (const [width, dark] of [[360, false], [1280, false], [1280, true]]) {
      const page = await house.page({ lang, width, dark });
      for (const path of ["/", "/sign-in"]) {
        await page.goto(path);
        assert.equal(await page.locator("html").getAttribute("lang"), lang, `the language of ${path}`);
        assert.equal(await page.locator("h1").count(), 1, `one main heading on ${path}`);
        await house.fitsItsWidth(page);
        await house.axe(page);
        await house.shot(page, `front${path === "/" ? "" : path.replace("/", "-")}-${lang}-${width}${dark ? "-dark" : ""}`);
      }
      await page.context().close();
    }
  }

  const plain = await house.page({ javaScript: false });
  await plain.goto("/sign-in");
  await plain.locator("input[name=name]").fill("0912 345 678");
  await plain.locator("input[name=password]").fill("not the password");
  await plain.locator("input[name=password]").press("Enter");
  await plain.waitForLoadState();
  assert.equal(new URL(plain.url()).pathname, "/sign-in");
  assert.equal(await plain.locator("input[name=name]").inputValue(), "0912 345 678", "what was typed is kept");
  assert.equal(await plain.locator("input[name=password]").inputValue(), "", "but never the password");

  await plain.locator("input[name=password]").fill("một mật khẩu để thử");
  await plain.locator("input[name=password]").press("Enter");
  await plain.waitForURL((url) => url.pathname !== "/sign-in");
  await plain.goto("/my/sessions");
  assert.equal(await plain.locator("h1").count(), 1, "signed in without scripts");

  for (const path of ["/", "/sign-in"]) {
    const bytes = await house.weigh(path);
    assert.ok(bytes > 0 && bytes <= 150_000, `${path} weighs ${bytes} bytes at the first visit`);
  }
});
