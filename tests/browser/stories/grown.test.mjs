// The grown setting: two programs on one PostgreSQL, both started on an empty database at the same time.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { startPostgres } from "../harness/postgres.mjs";
import { startServer } from "../harness/server.mjs";
import { Visitor, forms } from "../harness/visitor.mjs";

test("either of two programs answers what the other began, and both say so when the database is away", { timeout: 300_000 }, async () => {
  const postgres = await startPostgres();
  const uploads = await mkdtemp(join(tmpdir(), "hoithi-uploads-"));
  const more = { DATABASE_URL: postgres.url, HOITHI_UPLOADS: uploads };
  const prepare = (run) => run(["admin", "create", "--name", "Nguyễn Thị Thử", "--phone", "0912 345 678"], "một mật khẩu để thử\n");
  const started = await Promise.allSettled([startServer({ more, prepare }), startServer({ more })]);
  const [one, other] = started.map(({ value }) => value);
  try {
    for (const { reason } of started) if (reason) throw reason;
    const here = await new Visitor(one.address).signIn("0912345678", "một mật khẩu để thử");
    const there = new Visitor(other.address);
    there.cookies = here.cookies;
    const page = await there.open("/my/sessions");
    const signOut = forms(page.html).find(({ action }) => action === "/sign-out");
    assert.equal((await there.send(signOut, page.path)).status, 303, "a form of one program is accepted by the other");
    assert.notEqual((await here.ask("/my/sessions")).status, 200, "signed out on one is signed out on both");

    await postgres.stop();
    for (const { address } of [one, other]) {
      assert.equal((await fetch(`${address}/healthz`)).status, 200);
      assert.equal((await fetch(`${address}/readyz`)).status, 503);
    }
  } finally {
    await Promise.all([one?.stop(), other?.stop()]);
    await postgres.stop();
    await rm(uploads, { recursive: true, force: true });
  }
});
