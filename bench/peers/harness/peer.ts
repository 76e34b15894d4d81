import type { Runner } from "../../harness/benchmark.js";
import type { Checks } from "./assert-job.js";

/** One of those who do the same job. */
export interface Peer {
  readonly label: string;
  /** The npm package whose version belongs to the label. */
  readonly from?: string;
  readonly checks: Checks;
  /** No framework, but the least that the job costs where one writes it by hand. */
  readonly isFloor?: true;
  /** Starts it, and rejects where it does not do the job. */
  open(): Promise<Runner>;
}

/** Peers that do one job under one load, measured in turn. */
export interface Contest {
  readonly title: string;
  readonly peers: readonly Peer[];
}

/** Contests that one asks for by one name. */
export interface Category {
  readonly name: string;
  readonly title: string;
  /** What the CPU per call counts. */
  readonly cpu: string;
  /** Starts what the contests need; may throw `LeftOut`. */
  prepare(): Promise<Prepared>;
}

/** Contests, with what they need started. */
export interface Prepared {
  readonly contests: readonly Contest[];
  close(): Promise<void>;
}
