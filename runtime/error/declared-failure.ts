import { RpcError } from "./rpc-error.js";

/** What the generated class of a failure in the IDL extends: an error with the code `failed` and fields. */
export abstract class DeclaredFailure extends RpcError {
  /** The failure's name in the IDL. */
  readonly type: string;

  constructor(type: string, message: string) {
    super("failed", message);
    this.type = type;
  }

  override get name(): string {
    return this.type;
  }
}
