import type { Method } from "../model/model.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { propertyKey } from "./naming.js";
import { typeText } from "./type-text.js";

/** How the session stands in a method's server-side signature; undefined for an internal method. */
export function sessionType(method: Method, file: FileContext): string | undefined {
  if (method.access === "internal") return undefined;
  return file.sessionType(method.access === "user" ? "UserSession" : "Session");
}

/** `name(first: T, second?: U): R`, over several lines where it is long. */
export function signature(name: string, parameters: readonly string[], returns: string): string {
  return breakList(`${propertyKey(name)}(`, parameters, `)${returns}`, "  ");
}

/** The IDL's parameters; `optional` says how to write those that may be absent. */
export function parameterList(method: Method, file: FileContext, optional: "?" | "| undefined"): string[] {
  if (file.form === "js") return method.parameters.map(({ name }) => name);
  return method.parameters.map((parameter) => {
    const type = typeText(parameter.type, file);
    if (!parameter.optional) return `${parameter.name}: ${type}`;
    return optional === "?" ? `${parameter.name}?: ${type}` : `${parameter.name}: ${type} | undefined`;
  });
}

/** What a stub's method returns. */
export function returnType(method: Method, file: FileContext): string {
  if (method.kind === "oneway") return "void";
  return `${method.kind === "stream" ? "AsyncIterable" : "Promise"}<${resultType(method, file)}>`;
}

/** What the IDL says that a call results in. */
export function resultType(method: Method, file: FileContext): string {
  return method.result ? typeText(method.result, file) : "void";
}

/** The method of a stub's caller, or of a client's link, that makes calls of this kind. */
export function callerMethod(method: Method): "call" | "send" | "stream" {
  return method.kind === "oneway" ? "send" : method.kind;
}

/** `[room, text]`. */
export function argumentNames(method: Method): string {
  return `[${method.parameters.map(({ name }) => name).join(", ")}]`;
}
