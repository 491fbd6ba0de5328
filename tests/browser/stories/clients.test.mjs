// Programs that know nothing of us and speak the upload protocol: tus-js-client and tuspy, against the running server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Upload } from "tus-js-client";

import { draft, film, stored, token } from "../harness/draft.mjs";
import { startServer, target } from "../harness/server.mjs";

const python = process.env.TUSPY_PYTHON ?? join(target, "venv/bin/python");
const script = join(dirname(fileURLToPath(import.meta.url)), "../harness/tuspy_client.py");
const size = 20 << 20;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function served(body) {
  const server = await startServer({ words: ["demo"] });
  const folder = await mkdtemp(join(tmpdir(), "hoithi-clients-"));
  try {
    const file = join(folder, "clip.mp4");
    await writeFile(file, film(size));
    await body(server, await draft(server.address), file, await token(server.address));
  } catch (error) {
    throw new Error(`${error.message}\n${server.said().slice(-3000)}`, { cause: error });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

test("tus-js-client sends a file, breaks off, and goes on where it was", { timeout: 300_000 }, () => served(async (server, begun, file, bearer) => {
  const options = (more) => ({
    endpoint: `${server.address}/uploads`, headers: { Authorization: `Bearer ${bearer}` }, chunkSize: 2 << 20, uploadSize: size,
    metadata: { entry: begun.entry, field: begun.slot, filename: "clip.mp4" }, retryDelays: null, ...more,
  });
  const url = await new Promise((cut, failed) => {
    const upload = new Upload(createReadStream(file), options({
      onError: failed,
      onChunkComplete: (_, sent) => { if (sent >= 8 << 20) void upload.abort().then(() => cut(upload.url)); },
    }));
    upload.start();
  });
  const began = [];
  await new Promise((done, failed) => {
    const upload = new Upload(createReadStream(file), options({ uploadUrl: url, onError: failed, onSuccess: done, onProgress: (sent) => began.push(sent) }));
    upload.start();
  });
  assert.ok(began[0] >= 8 << 20, `it went on at ${began[0]}`);
  assert.equal(sha256(await stored(begun)), sha256(film(size)));
}));

test("tuspy sends a file, stops, and another run of it goes on", { timeout: 300_000 }, () => served(async (server, begun, file, bearer) => {
  const run = async (...words) => (await promisify(execFile)(python, [script, `${server.address}/uploads`, bearer, begun.entry, begun.slot, file, ...words])).stdout.trim();
  const url = await run("stop-at", `${8 << 20}`);
  const [began] = (await run("go-on", url)).split("\n");
  assert.ok(Number(began) >= 8 << 20, `it went on at ${began}`);
  assert.equal(sha256(await stored(begun)), sha256(film(size)));
}));
