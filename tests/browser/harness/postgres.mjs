// A PostgreSQL of the story's own, through scripts/with-postgres; it ends when its standard input does.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

import { root } from "./server.mjs";

export async function startPostgres() {
  const child = spawn(join(root, "scripts/with-postgres"), ["sh", "-c", "echo $TEST_DATABASE_URL; cat"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("close", done));
  const url = await new Promise((first, failed) => {
    createInterface({ input: child.stdout }).once("line", first);
    ended.then(() => failed(new Error("PostgreSQL did not start")));
  });
  return { url, stop: () => { child.stdin.end(); return ended; } };
}
