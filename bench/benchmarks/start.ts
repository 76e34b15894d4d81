import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "../compiler/program.js";
import { type Benchmark, LeftOut, type Prepared, type Runner } from "../harness/benchmark.js";
import { connectLightly } from "../sides/light-client.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

// A program that listens as soon as Node can.
const bareServer = `
  import { createServer } from "node:net";
  createServer((socket) => socket.end()).listen(Number(process.argv[1]), "127.0.0.1", () => console.log("ready"));
`;

/** How long a new game takes from the command to its first answer. */
export const start: Benchmark = {
  name: "start",
  title:
    "Start: from `antwire start` in a new game, with the packed package, to the first call that is answered",
  comparisons: prepare,
};

async function prepare(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), "antwire-start-"));
  const remove = async () => rmSync(folder, { recursive: true, force: true });
  try {
    const game = makeGame(folder);
    const command = [join(game, "node_modules/antwire/dist/runtime/command.js"), "start", "--http", "0"];
    const config = ["--config", join(game, "antwire.config.ts")];
    const comparison = {
      title: "the game that `antwire init` makes",
      floor: {
        label: "node alone, listening",
        open: () =>
          openStarts(
            (port) => ["--input-type=module", "--eval", bareServer, port],
            async () => {},
          ),
      },
      subject: {
        label: "antwire start",
        open: () => openStarts((port) => [...command, "--mqtt", port, ...config], callOnce),
      },
      bars: [{ kind: "under", milliseconds: 1000 } as const],
    };
    return { comparisons: [comparison], close: remove };
  } catch (error) {
    await remove();
    throw new LeftOut(
      `npm does not install the package here: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Packs this project and makes a game with it, as a new user does. Returns its folder. */
function makeGame(folder: string): string {
  const run = (cwd: string, program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const packed = run(root, "npm", "pack", "--silent", "--pack-destination", folder).trim().split("\n").at(-1);
  writeFileSync(join(folder, "package.json"), "{}");
  const install = ["install", "--silent", "--prefer-offline", "--no-audit", "--no-fund"];
  run(folder, "npm", ...install, `./${packed}`);
  run(folder, "npx", "antwire", "init", "game");
  const game = join(folder, "game");
  run(game, "npm", ...install, "--omit=dev");
  return game;
}

/** A program that begins anew in each run, and answers once. */
async function openStarts(
  command: (port: string) => string[],
  answer: (port: number) => Promise<void>,
): Promise<Runner> {
  return {
    async run() {
      const port = await findFreePort();
      const began = performance.now();
      const program = new Program(command(String(port)), "ignore");
      await program.prints(/ready/);
      await answer(port);
      const took = (performance.now() - began) * 1000;
      const { cpu, memory } = await program.usage();
      await program.stop();
      return { callsPerSecond: 1e6 / took, cpu, memory, p50: took, p99: took };
    },
    async close() {},
  };
}

async function callOnce(port: number): Promise<void> {
  const client = await connectLightly(port, "bench");
  const topic = "rpc/Garden/look/1";
  const payload = "[]";
  const head = [0x30, 2 + topic.length + payload.length, 0, topic.length];
  await new Promise<void>((resolve) => {
    client.onPacket = () => resolve();
    client.socket.write(Buffer.concat([Buffer.from(head), Buffer.from(topic + payload)]));
  });
  // Its end is no fault here.
  client.socket.removeAllListeners("close").destroy();
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
