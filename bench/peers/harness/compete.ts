import { readFileSync } from "node:fs";
import type { Sample } from "../../harness/benchmark.js";
import { compare, type Effort } from "../../harness/compare.js";
import type { Checks } from "./assert-job.js";
import type { Contest, Peer } from "./peer.js";

/** What a peer did, in the median of its runs. */
export interface Result extends Omit<Sample, "bytes" | "memory"> {
  readonly label: string;
  readonly version: string;
  readonly checks: Checks;
  readonly isFloor: boolean;
}

/** What a contest showed, in the order of its peers. */
export interface Standing {
  readonly title: string;
  readonly results: readonly Result[];
}

/** Runs all peers in turn. */
export async function compete({ title, peers }: Contest, effort: Effort): Promise<Standing> {
  const [floor, ...rivals] = peers;
  const subject = rivals.pop();
  if (floor === undefined || subject === undefined) throw new Error("a contest needs two");
  // Without bars all sides are alike to a comparison.
  const outcome = await compare({ title, floor, rivals, subject, bars: [] }, effort);
  const samples = [outcome.floor, ...outcome.rivals, outcome.subject];
  return { title, results: samples.map((sample, i) => ({ ...sample, ...describe(peers[i]) })) };
}

function describe(peer: Peer | undefined): Pick<Result, "version" | "checks" | "isFloor"> {
  return {
    version: versionOf(peer?.from),
    checks: peer?.checks ?? "nothing",
    isFloor: peer?.isFloor ?? false,
  };
}

function versionOf(name: string | undefined): string {
  if (name === undefined) return "";
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return version;
}
