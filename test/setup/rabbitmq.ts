import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { connect } from "amqplib";
import { inject } from "vitest";
import { toolPath } from "./tools.js";

/** Where a broker is. Plain data, so that vitest can hand it to the processes that run the tests. */
export interface BrokerPlace {
  readonly url: string;
  /** Of a broker that the tests started themselves. */
  readonly own: OwnBroker | undefined;
}

interface OwnBroker {
  readonly folder: string;
  readonly server: string;
  readonly amqpPort: number;
  readonly amqpsPort: number;
  readonly epmdPort: number;
  readonly nodePort: number;
  /** The process without which the broker has no reason to run. */
  readonly owner: number;
}

declare module "vitest" {
  interface ProvidedContext {
    broker: BrokerPlace;
  }
}

/** A RabbitMQ, which every test process can stop and start. */
export interface Broker {
  readonly url: string;
  /** Whether it is the tests' own. One from `ANTWIRE_TEST_AMQP_URL` can be used, and not be stopped. */
  readonly isOwn: boolean;
  /** Where it speaks TLS, and the file of the certificate that it shows. Only the tests' own does. */
  readonly secure: { readonly url: string; readonly certificate: string };
  /** Starts it and resolves once it takes connections. */
  start(): Promise<void>;
  /** Ends it as an administrator does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Keeps it from doing anything, until it is thawed: its sockets stay open. */
  freeze(): void;
  thaw(): void;
  /** Runs `rabbitmqctl` and resolves with the lines that it writes. */
  ctl(...args: readonly string[]): Promise<string[]>;
}

/** The broker that vitest has started for this run of the tests. */
export function useBroker(): Broker {
  return openBroker(inject("broker"));
}

/** Finds free ports and a folder for a RabbitMQ of one's own, or takes the one that the environment names. */
export async function placeBroker(): Promise<BrokerPlace> {
  const given = process.env.ANTWIRE_TEST_AMQP_URL;
  if (given !== undefined) return { url: given, own: undefined };
  const folder = await mkdtemp(join(tmpdir(), "antwire-rabbitmq-"));
  const amqpPort = await findFreePort();
  const own: OwnBroker = {
    folder,
    server: toolPath("rabbitmq_server"),
    amqpPort,
    amqpsPort: await findFreePort(),
    epmdPort: await findFreePort(),
    nodePort: await findFreePort(),
    owner: process.pid,
  };
  writeSettings(own);
  return { url: `amqp://guest:guest@127.0.0.1:${amqpPort}`, own };
}

/** What can be done with a broker, from whatever process. */
export function openBroker({ url, own }: BrokerPlace): Broker {
  const mine = (): OwnBroker => {
    if (own === undefined) throw new Error("The broker of ANTWIRE_TEST_AMQP_URL is not the tests' own.");
    return own;
  };
  const end = async (signal: NodeJS.Signals) => {
    process.kill(readPid(mine()), signal);
    while (existsSync(join(mine().folder, "running"))) await sleep(20);
  };
  return {
    url,
    isOwn: own !== undefined,
    get secure() {
      const { amqpsPort, folder } = mine();
      return {
        url: `amqps://guest:guest@127.0.0.1:${amqpsPort}`,
        certificate: join(folder, "certificate.pem"),
      };
    },
    start: () => startServer(mine(), url),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: () => process.kill(readPid(mine()), "SIGSTOP"),
    thaw: () => process.kill(readPid(mine()), "SIGCONT"),
    async ctl(...args) {
      const options = { env: environment(mine()) };
      const program = join(dirname(mine().server), "rabbitmqctl");
      const { stdout } = await promisify(execFile)(program, ["--quiet", ...args], options);
      return stdout.split("\n").filter((line) => line !== "");
    },
  };
}

/** Ends the broker, if it is one's own, and leaves nothing of it. */
export async function removeBroker(place: BrokerPlace): Promise<void> {
  if (place.own === undefined) return;
  await openBroker(place).kill();
  rmSync(place.own.folder, { recursive: true, force: true, maxRetries: 5 });
}

// The server and the name service that rabbitmqctl finds it by. They end when whoever wanted them is gone: a run
// of tests that was killed leaves nothing behind. The file is there until all is over; RabbitMQ's own file, with
// its process id, is gone earlier.
const keeper = `
  : > running
  epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 & epmd=$!
  "$1" & server=$!
  (while kill -0 "$2"; do sleep 1; done; kill -9 $(cat "$RABBITMQ_PID_FILE")) 2>/dev/null & watch=$!
  wait $server
  kill $epmd $watch
  wait $epmd
  rm running
  kill -0 "$2" 2>/dev/null || rm -r "$PWD"
`;

async function startServer(own: OwnBroker, url: string): Promise<void> {
  const log = openSync(join(own.folder, "output.log"), "w");
  const server = spawn("sh", ["-c", keeper, "keeper", own.server, String(own.owner)], {
    cwd: own.folder,
    detached: true, // Ctrl+C ends the tests, which then end it.
    env: environment(own),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  server.unref();
  while (!(await takesConnections(url))) {
    if (server.exitCode !== null) {
      throw new Error(`RabbitMQ did not start.\n${readFileSync(join(own.folder, "output.log"), "utf8")}`);
    }
    await sleep(50);
  }
}

async function takesConnections(url: string): Promise<boolean> {
  try {
    const connection = await connect(url, { timeout: 5_000 });
    await connection.close();
    return true;
  } catch {
    return false; // Whatever it was: the server's own output tells it, if it ends.
  }
}

function writeSettings({ folder, amqpPort, amqpsPort }: OwnBroker): void {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const identity = ["-subj", "/CN=antwire test", "-addext", "subjectAltName=IP:127.0.0.1"];
  // openssl comes with Debian's RabbitMQ, which depends on it.
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-out",
      certificate,
      "-keyout",
      key,
    ].concat(identity),
    { stdio: "pipe" },
  );
  mkdirSync(join(folder, "data"));
  mkdirSync(join(folder, "log"));
  writeFileSync(join(folder, "enabled_plugins"), "[].\n");
  writeFileSync(
    join(folder, "rabbitmq.conf"),
    [
      `listeners.tcp.1 = 127.0.0.1:${amqpPort}`,
      `listeners.ssl.1 = 127.0.0.1:${amqpsPort}`,
      `ssl_options.cacertfile = ${certificate}`,
      `ssl_options.certfile = ${certificate}`,
      `ssl_options.keyfile = ${key}`,
      "log.file.level = warning",
      "log.console = false\n",
    ].join("\n"),
  );
}

/** Everything that a node takes from the system unless told otherwise, so that it meets no other node. */
function environment({ folder, epmdPort, nodePort }: OwnBroker): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder, // For the Erlang cookie.
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: String(epmdPort),
    RABBITMQ_NODENAME: "antwire@localhost",
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
    RABBITMQ_CTL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
    RABBITMQ_CONF_ENV_FILE: "/dev/null",
    RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq.conf"),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, "advanced.config"),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, "config"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_PID_FILE: join(folder, "pid"),
  };
}

function readPid(own: OwnBroker): number {
  const pid = Number(readFileSync(join(own.folder, "pid"), "utf8"));
  if (!(pid > 0)) throw new Error("The broker does not run.");
  return pid;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  return address.port;
}
