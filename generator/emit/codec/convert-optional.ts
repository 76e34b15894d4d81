import type { Type } from "../../model/type.js";
import { guard, indentLines } from "../layout.js";
import { admitsNull, convert, type FunctionContext, refusal, type Source } from "./convert.js";

/**
 * Emits the conversion of a value that may be absent. Absent is nil on the wire, so what may be null as
 * well travels in an array of its own.
 *
 * @param assign code that takes the converted value
 */
export function convertOptional(
  context: FunctionContext,
  type: Type,
  source: Source,
  assign: (result: string) => string,
): string[] {
  const { name } = source;
  const boxed = admitsNull(type);
  if (context.verb === "read" && boxed) {
    const inner = context.names.take(`${name}Inner`);
    const converted = convert(context, type, { ...source, name: inner });
    return [
      `if (${name} !== undefined && ${name} !== null) {`,
      ...indentLines([
        ...guard(`!Array.isArray(${name})`, refusal(context, source, "an array of one value")),
        `const ${inner}${context.file.typed(() => ": unknown")} = ${name}[0];`,
        ...converted.lines,
        assign(converted.result),
      ]),
      "}",
    ];
  }
  const converted = convert(context, type, source);
  const result = context.verb === "write" && boxed ? `[${converted.result}]` : converted.result;
  const present = `${name} !== undefined${context.verb === "read" ? ` && ${name} !== null` : ""}`;
  return [`if (${present}) {`, ...indentLines([...converted.lines, assign(result)]), "}"];
}
