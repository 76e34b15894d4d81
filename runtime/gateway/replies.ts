import type { FailureContract } from "../contract/failure.js";
import type { MethodRoute, Routes } from "../contract/route.js";
import { DeclaredFailure } from "../error/declared-failure.js";
import type { RpcError } from "../error/rpc-error.js";
import { type JsonFailure, writeJsonError } from "../json/error.js";
import { replyKind, writeErrorReply } from "../wire/reply.js";
import { replyTopic } from "../wire/topic.js";
import { encodePublish, encodeTextPublish } from "./publish-packet.js";

const noFailures: readonly FailureContract[] = [];

/** Builds the packets that answer calls, in the form in which the call came. */
export class Replies {
  readonly #failureForms: Routes["failures"];

  constructor(failureForms: Routes["failures"]) {
    this.#failureForms = failureForms;
  }

  /** Throws `invalid-argument` where the result does not fit its type. */
  result(id: string, route: MethodRoute, isJson: boolean, result: unknown): Buffer {
    const { result: codec } = route.method;
    if (!isJson) return encodePublish(replyTopic(id), [replyKind.result, codec.write(result)]);
    // `void` has no value, and JSON no word for that.
    const json = route.result.toJson(codec.copy(result)) ?? null;
    return encodeTextPublish(replyTopic(id), JSON.stringify({ ok: json }));
  }

  /** An item of a stream. Throws `invalid-argument` where it does not fit its type. */
  item(id: string, route: MethodRoute, isJson: boolean, item: unknown): Buffer {
    const { result: codec } = route.method;
    if (!isJson) return encodePublish(replyTopic(id), [replyKind.next, codec.write(item)]);
    const json = route.result.toJson(codec.copy(item)) ?? null;
    return encodeTextPublish(replyTopic(id), JSON.stringify({ next: json }));
  }

  /** The end of a stream. */
  done(id: string, isJson: boolean): Buffer {
    if (!isJson) return encodePublish(replyTopic(id), [replyKind.done]);
    return encodeTextPublish(replyTopic(id), JSON.stringify({ done: true }));
  }

  /** @param route undefined where the error is that there is none */
  error(id: string, route: MethodRoute | undefined, isJson: boolean, error: RpcError): Buffer {
    const failures = route?.method.failures ?? noFailures;
    if (!isJson) return encodePublish(replyTopic(id), writeErrorReply(error, failures));
    const json = writeJsonError(error, this.#jsonFailure(error, failures));
    return encodeTextPublish(replyTopic(id), JSON.stringify(json));
  }

  #jsonFailure(error: RpcError, failures: readonly FailureContract[]): JsonFailure | undefined {
    if (!(error instanceof DeclaredFailure)) return undefined;
    const contract = failures.find(({ type }) => error instanceof type);
    return contract && { type: contract.name, fields: this.#failureForms.get(contract.name)?.toJson(error) };
  }
}
