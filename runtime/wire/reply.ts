import type { FailureContract } from "../contract/failure.js";
import { isCode } from "../error/code.js";
import { DeclaredFailure } from "../error/declared-failure.js";
import { type ErrorDetails, RpcError } from "../error/rpc-error.js";

/** The first element of a reply in MessagePack. */
export const replyKind = { result: 0, error: 1, next: 2, done: 3 } as const;

/** An error as it travels: `[1, code, message, details?]`. */
export function writeErrorReply(error: RpcError, failures: readonly FailureContract[]): unknown[] {
  const details = writeDetails(error, failures);
  const reply: unknown[] = [replyKind.error, error.code, error.message];
  if (details !== undefined) reply.push(details);
  return reply;
}

function writeDetails(error: RpcError, failures: readonly FailureContract[]): unknown[] | undefined {
  if (error instanceof DeclaredFailure) {
    const contract = failures.find((failure) => error instanceof failure.type);
    return contract && [contract.name, contract.codec.write(error)];
  }
  const details = error.details;
  switch (error.code) {
    case "invalid-argument":
      return details && [details.path ?? "", details.expected ?? ""];
    case "resource-exhausted":
      return details?.retryAfterMs === undefined ? undefined : [details.retryAfterMs];
    case "failed":
      return details && [details.type, details.fields];
    default:
      return undefined;
  }
}

/** The error in a reply. A failure that this program has a class for becomes an instance of it. */
export function readErrorReply(reply: readonly unknown[], failures: readonly FailureContract[]): RpcError {
  const code = isCode(reply[1]) ? reply[1] : "internal";
  const message = typeof reply[2] === "string" ? reply[2] : "";
  const wire: readonly unknown[] = Array.isArray(reply[3]) ? reply[3] : [];
  if (code === "failed") {
    const contract = failures.find((failure) => failure.name === wire[0]);
    if (contract) return contract.create(contract.codec.read(wire[1]), message);
  }
  const details = readDetails(code, wire);
  return new RpcError(code, message, details ? { details } : {});
}

function readDetails(code: string, wire: readonly unknown[]): ErrorDetails | undefined {
  const [first, second] = wire;
  if (code === "invalid-argument" && typeof first === "string" && typeof second === "string") {
    return { path: first, expected: second };
  }
  if (code === "resource-exhausted" && typeof first === "number") return { retryAfterMs: first };
  if (code === "failed" && typeof first === "string") {
    return { type: first, fields: Array.isArray(second) ? second : [] };
  }
  return undefined;
}
