import { RpcError } from "../../runtime/error/rpc-error.js";

/** The error that a call or an attempt to connect ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<RpcError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
  throw new Error("it succeeded");
}
