import type { Push, Session } from "antwire/idl";

/** What other modules give and take at once. */
export interface Direct {
  flag(given: boolean): Promise<boolean>;
  big(given: bigint): Promise<bigint>;
  pair(given: [string, Date?]): Promise<[a: string, ...more: Date[]]>;
  lookup(given: Map<string, Date>): Promise<Map<number, Set<string>>>;
  dictionary(given: Record<string, Date[]>): Promise<Record<string, string | null>>;
  bytes(session: Session, given: Uint8Array | null): AsyncIterable<Date | null>;
  readonly ticked: Push<Date | null>;
}
