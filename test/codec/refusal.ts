import { refuse } from "../../runtime/codec/refusal.js";
import { RpcError } from "../../runtime/error/rpc-error.js";

export type Path = readonly (string | number)[];

/** A path as refusals name it. */
export function pathText(path: Path): string {
  const text = path
    .map((key) => {
      if (typeof key === "number") return `[${key}]`;
      return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join("");
  return text.startsWith(".") ? text.slice(1) : text;
}

/** The path at which a codec refuses. Anything else that it does is an error. */
export function refusedAt(run: () => unknown): string {
  const outcome = attempt(run);
  if (outcome.path === undefined) throw new Error("It was accepted.");
  return outcome.path;
}

export type Attempt =
  | { readonly ok: true; readonly value: unknown; readonly path?: undefined }
  | { readonly ok: false; readonly path: string };

/** Runs a codec, which may refuse with `invalid-argument` and do nothing else. */
export function attempt(run: () => unknown): Attempt {
  try {
    const value = run();
    requireNothingLeft();
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== "invalid-argument") throw error;
    const path = error.details?.path;
    if (path === undefined) throw new Error("The refusal names no path.", { cause: error });
    return { ok: false, path };
  }
}

/** A conversion that goes up less often than down would show in the path of the next refusal. */
function requireNothingLeft(): void {
  try {
    refuse(null, "nothing");
  } catch (error) {
    const path = (error as RpcError).details?.path;
    if (path !== "") throw new Error(`The conversion ended inside ${path}.`);
  }
}
