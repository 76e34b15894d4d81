import type { Shape, TypeShape, WireType } from "../lock/shape.js";
import type { Change } from "../model/change.js";
import { describeType } from "./describe-type.js";
import { type Direction, type Misfit, misfits, type Rule, rules } from "./rules.js";

/** What was shipped, and what the IDL says now. */
export interface Versions {
  readonly shipped: Shape;
  readonly current: Shape;
  /** Names of types that are the same in both, with all that they consist of. */
  readonly same: ReadonlySet<string>;
}

/** Who uses a method or a push. */
export interface Audience {
  readonly level: "breaking" | "warning";
  /** Programs that were built before: `clients that call Chat.say`. */
  readonly programs: string;
  /** What is compiled anew: `source that calls Chat.say`. */
  readonly source: string;
}

/** Values on their way between two versions: what the steps of comparing their types share. */
export class Comparison {
  readonly direction: Direction;
  readonly changes: Change[] = [];
  readonly #versions: Versions;
  readonly #audience: Audience;
  /** Pairs of types that were compared, or are being: comparing them again would say nothing new. */
  readonly #begun = new Set<string>();

  constructor(versions: Versions, audience: Audience, direction: Direction) {
    this.#versions = versions;
    this.#audience = audience;
    this.direction = direction;
  }

  /** A type of the version that reads. */
  readerType(name: string): TypeShape | undefined {
    const { shipped, current } = this.#versions;
    return (this.direction === "toServer" ? current : shipped).types[name];
  }

  /** A type of the version that writes. */
  writerType(name: string): TypeShape | undefined {
    const { shipped, current } = this.#versions;
    return (this.direction === "toServer" ? shipped : current).types[name];
  }

  /** Whether comparing the pair can say anything new. */
  begin({ reader, writer }: { readonly reader: string; readonly writer: string }): boolean {
    if (reader === writer && this.#versions.same.has(reader)) return false;
    const pair = `${reader} ${writer}`;
    if (this.#begun.has(pair)) return false;
    this.#begun.add(pair);
    return true;
  }

  /** Reports that a reader does not understand all that a writer may send. */
  misfit(misfit: Misfit, path: string, detail?: string): void {
    this.break(misfits[misfit][this.direction], path, detail);
  }

  /** A misfit between two types, with what it is now and what it was: `string instead of Date`. */
  mismatch(misfit: "kind" | "range", path: string, reader: WireType, writer: WireType): void {
    const [now, before] = this.direction === "toServer" ? [reader, writer] : [writer, reader];
    this.misfit(misfit, path, `${describeType(now)} instead of ${describeType(before)}`);
  }

  /** @param detail what exactly, where the rule leaves that open */
  break(rule: Rule, path: string, detail?: string): void {
    const { level, programs } = this.#audience;
    this.#report({ level, rule, path, whom: [programs] }, detail);
  }

  /** Notes what the wire stands and source does not. */
  note(rule: Rule, path: string, detail?: string): void {
    this.#report({ level: "note", rule, path, whom: [this.#audience.source] }, detail);
  }

  #report(change: Omit<Change, "what"> & { readonly rule: Rule }, detail: string | undefined): void {
    const what = rules[change.rule];
    this.changes.push({ ...change, what: detail === undefined ? what : `${what} (${detail})` });
  }
}
