import type { TypeDeclaration } from "./declaration.js";
import type { Doc } from "./doc.js";
import type { Location } from "./location.js";
import type { Type } from "./type.js";

export interface Parameter {
  readonly name: string;
  /** From `@was`: its name in JSON; elsewhere arguments travel by order. */
  readonly was?: string;
  readonly optional: boolean;
  readonly type: Type;
  readonly at: Location;
}

export interface Method {
  readonly name: string;
  /** From `@was`: its name on the wire. */
  readonly was?: string;
  readonly kind: "call" | "oneway" | "stream";
  readonly access: "internal" | "session" | "user";
  /** Without the session. */
  readonly parameters: readonly Parameter[];
  /** Of a stream: its items. undefined for `void`. */
  readonly result: Type | undefined;
  /** Names of failures in the model's table. */
  readonly failures: readonly string[];
  /** Milliseconds, from `@timeout`. */
  readonly timeout: number | undefined;
  readonly idempotent: boolean;
  readonly doc: Doc;
  readonly at: Location;
}

export interface Push {
  readonly name: string;
  /** From `@was`: its name on the wire. */
  readonly was?: string;
  readonly type: Type;
  /** From `@latest`: only the newest counts to a client that reads too slowly. */
  readonly latest: boolean;
  /** From `@replay`: a client that comes back gets what it missed. */
  readonly replay: boolean;
  readonly doc: Doc;
  readonly at: Location;
}

export interface Module {
  readonly name: string;
  /** From `@was`: its name on the wire. */
  readonly was?: string;
  /** The IDL file, relative to the IDL folder, without `.d.ts`. */
  readonly file: string;
  readonly methods: readonly Method[];
  readonly pushes: readonly Push[];
  readonly doc: Doc;
  readonly at: Location;
}

/**
 * What the IDL says. Plain data: it knows neither TypeScript's compiler nor the languages that are
 * emitted, and it survives JSON.
 */
export interface Model {
  readonly modules: readonly Module[];
  readonly types: readonly TypeDeclaration[];
}
