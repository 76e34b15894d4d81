/** What one side did in one run. Times are of one call. */
export interface Sample {
  readonly callsPerSecond: number;
  /** CPU of the process under measure, or of all of them, in microseconds. */
  readonly cpu: number;
  /** In microseconds. */
  readonly p50: number;
  /** In microseconds. */
  readonly p99: number;
  /** What the encoded value takes, or a connection. */
  readonly bytes?: number;
  /** The most memory that the process had until then, in MiB. */
  readonly memory?: number;
  /** CPU of the broker between the processes, in microseconds. */
  readonly brokerCpu?: number;
  /** CPU of the clients, where these are no part of what is measured, in microseconds. */
  readonly clientCpu?: number;
}

/** A side that is ready to run, in processes of its own. */
export interface Runner {
  run(seconds: number): Promise<Sample>;
  close(): Promise<void>;
}

/** One of the things that a comparison compares. */
export interface Side {
  readonly label: string;
  open(): Promise<Runner>;
}

/** What the design asks for. Most ratios are of CPU per call: what else the machine does disturbs them least. */
export type Bar =
  /** The subject takes at most so many times the floor's. */
  | { readonly kind: "within"; readonly times: number }
  /** The floor takes at least so many times the subject's. */
  | { readonly kind: "faster"; readonly times: number }
  /** The subject's median call takes at most so many times the floor's, by the clock. */
  | { readonly kind: "latency"; readonly times: number }
  /** The subject makes at least so many times the floor's calls in a second. */
  | { readonly kind: "throughput"; readonly times: number }
  /** The subject makes so many calls a second. */
  | { readonly kind: "rate"; readonly callsPerSecond: number }
  /** The subject takes at most so long, by the clock. */
  | { readonly kind: "under"; readonly milliseconds: number }
  /** So do 99 of 100 of the subject's calls. */
  | { readonly kind: "tail"; readonly milliseconds: number }
  /** The subject takes at most so many bytes for each. */
  | { readonly kind: "bytes"; readonly most: number };

/** Sides that do the same, measured in turn. */
export interface Comparison {
  readonly title: string;
  readonly floor: Side;
  /** More to compare with: the bars hold against each of them as against the floor. */
  readonly rivals?: readonly Side[];
  readonly subject: Side;
  readonly bars: readonly Bar[];
}

/** Comparisons that one asks for by one name. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** A function where they need something that has to be started first; it may throw {@link LeftOut}. */
  readonly comparisons: readonly Comparison[] | (() => Promise<Prepared>);
}

/** Comparisons with what they need, started. */
export interface Prepared {
  readonly comparisons: readonly Comparison[];
  close(): Promise<void>;
}

/** A benchmark cannot run on this machine; the message says in one line why. */
export class LeftOut extends Error {}
