import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readProcessCpu } from "./process-cpu.js";

/** A mosquitto that was started for one comparison. */
export interface Mosquitto {
  readonly port: number;
  /** CPU that it has used so far, in microseconds. */
  readCpu(): number;
  close(): Promise<void>;
}

/** Starts mosquitto with room for many clients, and resolves once it listens. */
export async function startMosquitto(path: string): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), "antwire-mosquitto-"));
  const port = await findFreePort();
  const config = join(folder, "mosquitto.conf");
  writeFileSync(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nset_tcp_nodelay true\n`,
  );
  const broker = spawn(path, ["-c", config], { stdio: "ignore" });
  const ended = once(broker, "exit");
  while (!(await listens(port))) {
    if (broker.exitCode !== null) throw new Error(`mosquitto ended with exit code ${broker.exitCode}`);
    await sleep(50);
  }
  return {
    port,
    readCpu: () => readProcessCpu(broker.pid ?? 0),
    async close() {
      broker.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
