// nginx and @tus/server beside the program, each with its files in a folder of the same disk.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

async function ready(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    const is = await new Promise((answer) => {
      const socket = connect(port, "127.0.0.1").once("connect", () => { socket.destroy(); answer(true); }).once("error", () => answer(false));
    });
    if (is) return;
    await pause(50);
  }
  throw new Error(`nobody listens on ${port}`);
}

function peer(child, port, folder) {
  return { port, pid: child.pid, folder, async stop() { child.kill("SIGTERM"); await once(child, "close"); rmSync(folder, { recursive: true, force: true }); } };
}

export async function startNginx(port, under) {
  const folder = mkdtempSync(join(under, "nginx-"));
  for (const name of ["files", "temp", "logs"]) mkdirSync(join(folder, name));
  const config = join(folder, "nginx.conf");
  writeFileSync(config, `daemon off; ${process.getuid() === 0 ? "user root;" : ""} worker_processes auto; pid ${folder}/pid; error_log ${folder}/logs/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; client_max_body_size 0; client_body_temp_path ${folder}/temp;
  proxy_temp_path ${folder}/temp; fastcgi_temp_path ${folder}/temp; uwsgi_temp_path ${folder}/temp; scgi_temp_path ${folder}/temp;
  server { listen 127.0.0.1:${port}; root ${folder}/files; location / { dav_methods PUT; create_full_put_path on; } } }`);
  const child = spawn("nginx", ["-c", config, "-p", folder], { stdio: "inherit" });
  await ready(port);
  return peer(child, port, folder);
}

export async function startTusNode(port, under) {
  const folder = mkdtempSync(join(under, "tus-node-"));
  const child = spawn(process.execPath, [join(here, "tus_node.mjs"), `${port}`, folder], { stdio: "inherit" });
  await ready(port);
  return peer(child, port, folder);
}
