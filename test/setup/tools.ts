import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

interface Tool {
  /** What the program may be called. */
  readonly names: readonly string[];
  /** The Debian package that has it. */
  readonly package: string;
  /** The environment variable that says where it is. */
  readonly override: string;
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
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
    override: "ANTWIRE_CHROMIUM",
  },
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Where a program is. Throws when it is nowhere; {@link provideTools} has made sure of it before the tests. */
export function toolPath(name: ToolName): string {
  const path = find(tools[name]);
  if (path === undefined) throw new Error(howToInstall([tools[name]]));
  return path;
}

/** Installs the missing programs with apt-get where it may, and otherwise throws one line that says what to do. */
export function provideTools(): void {
  const missing = listMissing();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || findInPath("apt-get") === undefined) throw new Error(howToInstall(missing));

  const packages = packagesOf(missing);
  console.log(`Installing ${packages.join(" and ")} for the tests (apt-get, once).`);
  aptGet("update");
  aptGet("install", "--yes", "--no-install-recommends", ...packages);

  const stillMissing = listMissing();
  if (stillMissing.length > 0) throw new Error(howToInstall(stillMissing));
}

function listMissing(): Tool[] {
  return Object.values(tools).filter((tool) => find(tool) === undefined);
}

function find(tool: Tool): string | undefined {
  const override = process.env[tool.override];
  if (override !== undefined) return override;
  for (const name of tool.names) {
    const path = findInPath(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

function findInPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
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
  const names = missing.map((tool) => tool.names[0]).join(", ");
  const overrides = missing.map((tool) => tool.override).join(", ");
  return `The tests need ${names}: run \`sudo apt-get install ${packagesOf(missing).join(" ")}\`, or say where to find them in ${overrides}.`;
}
