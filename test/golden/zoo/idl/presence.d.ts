import type { Session } from "antwire/idl";
import type { Kinds } from "./shared/index.js";

/** Each kind, absent or there. */
export type Absent = { [K in keyof Kinds]?: Kinds[K] };

/** Each kind or null. */
export type Nullable = { [K in keyof Kinds]: Kinds[K] | null };

/** Each kind, null or absent, which are told apart. */
export type Either = { [K in keyof Kinds]?: Kinds[K] | null };

/** Optional and nullable in the order that parameters may have. */
export interface Presence {
  kinds(session: Session, given: Kinds): Promise<Kinds>;
  absent(session: Session, given: Absent): Promise<Absent>;
  nullable(session: Session, given: Nullable): Promise<Nullable>;
  either(session: Session, given: Either): Promise<Either>;
  parameters(
    session: Session,
    text: string,
    nullable: Date | null,
    absent?: Uint8Array,
    either?: bigint | null,
    anything?: unknown,
    list?: (string | null)[],
  ): Promise<bigint | null>;
}
