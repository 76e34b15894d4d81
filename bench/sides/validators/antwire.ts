import { RpcError } from "../../../runtime/generated.js";
import { copyDay, copyProfile } from "../../generated/codecs/bench.js";
import { copyEntry } from "../../generated/codecs/entry.js";
import type { Day, Profile } from "../../idl/bench.js";
import type { Entry } from "../../idl/entry.js";
import { answerWith, type Validator } from "./validator.js";

/** A copy checks on the way: what local calls do to arguments and results. */
function validator(copy: (value: unknown) => unknown): Validator {
  return {
    accept: copy,
    copy,
    assert: copy,
    placeOf: (error) => (error instanceof RpcError ? error.details?.path : undefined),
  };
}

// Nothing is known of the values but what the copy finds out.
answerWith({
  flat: validator((value) => copyProfile(value as Profile)),
  nested: validator((value) => copyDay(value as Day)),
  bounded: validator((value) => copyEntry(value as Entry)),
});
