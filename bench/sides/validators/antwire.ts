import { RpcError } from "../../../runtime/generated.js";
import { dayCodec, isDay, isProfile, profileCodec } from "../../generated/codecs/bench.js";
import { entryCodec, isEntry } from "../../generated/codecs/entry.js";
import type { Day, Profile } from "../../idl/bench.js";
import type { Entry } from "../../idl/entry.js";
import { answerWith, type Validator } from "./validator.js";

/** A guard only says whether a value fits. A copy checks on the way: what local calls do to arguments and results. */
function validator(accept: (value: unknown) => boolean, copy: (value: unknown) => unknown): Validator {
  return {
    accept,
    copy,
    assert: copy,
    placeOf: (error) => (error instanceof RpcError ? error.details?.path : undefined),
  };
}

// Nothing is known of the values but what the copy finds out.
answerWith({
  flat: validator(isProfile, (value) => profileCodec.copy(value as Profile)),
  nested: validator(isDay, (value) => dayCodec.copy(value as Day)),
  bounded: validator(isEntry, (value) => entryCodec.copy(value as Entry)),
});
