import { RpcError } from "../../../runtime/generated.js";
import { dayCodec, profileCodec } from "../../generated/codecs/bench.js";
import { entryCodec } from "../../generated/codecs/entry.js";
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
  flat: validator((value) => profileCodec.copy(value as Profile)),
  nested: validator((value) => dayCodec.copy(value as Day)),
  bounded: validator((value) => entryCodec.copy(value as Entry)),
});
