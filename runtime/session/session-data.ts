import type { Codec } from "../codec/codec.js";
import { toCaller } from "../codec/refusal.js";
import { copyUnknown } from "../codec/unknown.js";
import { markNested } from "../error/nested.js";

/** What sessions carry where no type of the IDL says what it is: anything that can travel. */
export const anyData: Codec = { write: copyUnknown, read: copyUnknown, copy: copyUnknown };

/**
 * Runs a codec on a session's data for a module. What does not fit is a mistake of that module, not of the
 * client whose call it handles.
 */
export function withCodec<T>(step: () => T): T {
  try {
    return step();
  } catch (refusal) {
    throw markNested(toCaller(refusal, withCodec));
  }
}
