import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, isAbsolute, join } from "node:path";

interface Tool {
  /** What the program may be called; an absolute path where the one in the search path is not the one to run. */
  readonly names: readonly string[];
  /** The Debian package that has it. */
  readonly package: string;
  /** The environment variable that says where it is. */
  readonly override: string;
  /** Arguments with which it ends with 0, where the program may be there without what the package brings. */
  readonly proof?: readonly string[];
}

/** The programs that tests run and npm does not bring. */
const tools = {
  mosquitto_rr: { names: ["mosquitto_rr"], package: "mosquitto-clients", override: "ANTWIRE_MOSQUITTO_RR" },
  mosquitto_pub: {
    names: ["mosquitto_pub"],
    package: "mosquitto-clients",
    override: "ANTWIRE_MOSQUITTO_PUB",
  },
  mosquitto_sub: {
    names: ["mosquitto_sub"],
    package: "mosquitto-clients",
    override: "ANTWIRE_MOSQUITTO_SUB",
  },
  mosquitto: {
    names: ["mosquitto", "/usr/sbin/mosquitto"],
    package: "mosquitto",
    override: "ANTWIRE_MOSQUITTO",
  },
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
    override: "ANTWIRE_CHROMIUM",
  },
  python3: {
    // Debian's libraries are there for Debian's own Python, which need not be the first in the search path.
    names: ["/usr/bin/python3", "python3"],
    package: "python3-paho-mqtt",
    override: "ANTWIRE_PYTHON3",
    proof: ["-c", "import paho.mqtt.client"],
  },
  rabbitmq_server: {
    // The one in Debian's search path runs for root and the user rabbitmq only, and only with the system's own folders.
    names: ["/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server"],
    package: "rabbitmq-server",
    override: "ANTWIRE_RABBITMQ_SERVER",
  },
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Where a program is. Throws when it is nowhere; {@link provideTools} has made sure of it before the tests. */
export function toolPath(name: ToolName): string {
  const path = find(tools[name]);
  if (path === undefined) throw new Error(howToInstall([tools[name]]));
  return path;
}

/** What the tests of the whole game run. */
const gameTools: readonly ToolName[] = [
  "mosquitto_rr",
  "mosquitto_pub",
  "mosquitto_sub",
  "python3",
  "chromium",
];

/**
 * Installs those programs that are missing with apt-get where it may, and otherwise throws one line that says
 * what to do.
 */
export function provideTools(names: readonly ToolName[] = gameTools): void {
  const missing = listMissing(names);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || findInPath("apt-get") === undefined) throw new Error(howToInstall(missing));

  const packages = packagesOf(missing);
  console.log(`Installing ${packages.join(" and ")} for the tests (apt-get, once).`);
  aptGet("update");
  withoutServices(() => aptGet("install", "--yes", "--no-install-recommends", ...packages));

  const stillMissing = listMissing(names);
  if (stillMissing.length > 0) throw new Error(howToInstall(stillMissing));
}

/** Where Debian's packages ask whether they may start the services that they bring. */
const servicePolicy = "/usr/sbin/policy-rc.d";

/** Runs a step that installs packages, whose services do not start. The tests start their own. */
function withoutServices(install: () => void): void {
  if (existsSync(servicePolicy)) {
    install();
    return;
  }
  writeFileSync(servicePolicy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(servicePolicy);
  }
}

function listMissing(names: readonly ToolName[]): Tool[] {
  return names.map((name) => tools[name]).filter((tool) => find(tool) === undefined);
}

function find(tool: Tool): string | undefined {
  const override = process.env[tool.override];
  if (override !== undefined) return override;
  for (const name of tool.names) {
    const path = isAbsolute(name) ? executable(name) : findInPath(name);
    if (path !== undefined && proves(path, tool.proof)) return path;
  }
  return undefined;
}

function proves(path: string, proof: readonly string[] | undefined): boolean {
  return proof === undefined || spawnSync(path, proof).status === 0;
}

function findInPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function executable(path: string): string | undefined {
  return isExecutable(path) ? path : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function aptGet(...args: readonly string[]): void {
  execFileSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "pipe", "pipe"], // What it said is part of the error when it fails, and of no interest otherwise.
    encoding: "utf8",
  });
}

function packagesOf(missing: readonly Tool[]): string[] {
  return [...new Set(missing.map((tool) => tool.package))];
}

function howToInstall(missing: readonly Tool[]): string {
  const names = missing.map((tool) => basename(tool.names[0] ?? "")).join(", ");
  const overrides = missing.map((tool) => tool.override).join(", ");
  return `The tests need ${names}: run \`sudo apt-get install ${packagesOf(missing).join(" ")}\`, or say where to find them in ${overrides}.`;
}
