import type { ErrorDetails, RpcError } from "../error/rpc-error.js";
import { isObject } from "./is-object.js";

/** A declared failure as it travels in JSON: its name, and its fields by name. */
export interface JsonFailure {
  readonly type: string;
  /** In JSON already. */
  readonly fields: unknown;
}

/**
 * An error as it travels in JSON: `{"error": {"code", "message", "details"}}`.
 *
 * @param failure what an error with the code `failed` carries, where its class is known
 */
export function writeJsonError(error: RpcError, failure?: JsonFailure): unknown {
  const details = failure === undefined ? writeDetails(error.code, error.details) : writeFailure(failure);
  return { error: { code: error.code, message: error.message, ...(details && { details }) } };
}

function writeFailure({ type, fields }: JsonFailure): object {
  return { type, ...(isObject(fields) ? fields : {}) };
}

function writeDetails(code: string, details: ErrorDetails | undefined): object | undefined {
  if (details === undefined) return undefined;
  switch (code) {
    case "invalid-argument":
      return { path: details.path ?? "", expected: details.expected ?? "" };
    case "resource-exhausted":
      return details.retryAfterMs === undefined ? undefined : { retryAfterMs: details.retryAfterMs };
    case "failed":
      return details.type === undefined ? undefined : { type: details.type };
    default:
      return undefined;
  }
}
