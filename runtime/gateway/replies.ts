import type { FailureContract } from "../contract/failure.js";
import type { MethodRoute, Routes } from "../contract/route.js";
import { DeclaredFailure } from "../error/declared-failure.js";
import { RpcError } from "../error/rpc-error.js";
import { type JsonFailure, writeJsonError } from "../json/error.js";
import type { Logger } from "../module/logger.js";
import { pack } from "../wire/msgpack.js";
import { replyKind, writeErrorReply } from "../wire/reply.js";
import { replyTopic } from "../wire/topic.js";
import { encodePublish, encodeTextPublish } from "./publish-packet.js";

/** What a reply needs to know of the call. */
export interface Answerable {
  /** Undefined where the error is that there is none. */
  readonly route: MethodRoute | undefined;
  readonly isJson: boolean;
}

const noFailures: readonly FailureContract[] = [];

/** Builds the packets that answer calls, in the form in which the call came. */
export class Replies {
  readonly #failureForms: Routes["failures"];
  readonly #log: Logger;

  constructor(failureForms: Routes["failures"], log: Logger) {
    this.#failureForms = failureForms;
    this.#log = log;
  }

  result(id: string, call: Answerable & { readonly route: MethodRoute }, result: unknown): Buffer {
    const { result: codec } = call.route.method;
    try {
      if (!call.isJson) return encodeReply(id, [replyKind.result, codec.write(result)]);
      // `void` has no value, and JSON no word for that.
      return encodeJsonReply(id, { ok: call.route.result.toJson(codec.copy(result)) ?? null });
    } catch (fault) {
      return this.#internal(id, call, fault);
    }
  }

  error(id: string, call: Answerable, error: RpcError): Buffer {
    const failures = call.route?.method.failures ?? noFailures;
    try {
      if (!call.isJson) return encodeReply(id, writeErrorReply(error, failures));
      return encodeJsonReply(id, writeJsonError(error, this.#jsonFailure(error, failures)));
    } catch (fault) {
      return this.#internal(id, call, fault);
    }
  }

  #jsonFailure(error: RpcError, failures: readonly FailureContract[]): JsonFailure | undefined {
    if (!(error instanceof DeclaredFailure)) return undefined;
    const contract = failures.find(({ type }) => error instanceof type);
    if (contract === undefined) return undefined;
    const fields = contract.codec.copy(error);
    return { type: contract.name, fields: this.#failureForms.get(contract.name)?.toJson(fields) };
  }

  #internal(id: string, call: Answerable, fault: unknown): Buffer {
    const method = call.route && `${call.route.method.module}.${call.route.method.name}`;
    this.#log.error({ err: fault, method }, "what a handler answered does not fit its type");
    const error = new RpcError("internal", "the answer does not fit its type");
    return this.error(id, { route: undefined, isJson: call.isJson }, error);
  }
}

function encodeReply(id: string, reply: unknown[]): Buffer {
  return encodePublish(replyTopic(id), pack(reply));
}

function encodeJsonReply(id: string, reply: unknown): Buffer {
  return encodeTextPublish(replyTopic(id), JSON.stringify(reply));
}
