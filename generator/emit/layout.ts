import { breakCondition } from "./break-condition.js";

const width = 100;

/**
 * `open a, b, c close` on one line, or an item a line where that is too long.
 *
 * @param indent how far the line is indented where it will stand
 */
export function breakList(open: string, items: readonly string[], close: string, indent = ""): string {
  const line = open + items.join(", ") + close;
  if (indent.length + line.length <= width && !line.includes("\n")) return line;
  const inner = items.map((item) => `\n${indent}  ${item},`).join("");
  return `${open.trimEnd()}${inner}\n${indent}${close.trimStart()}`;
}

/** A string literal, in the quotes that need the fewest escapes. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text);
  return text.includes('"') && !text.includes("'")
    ? `'${escaped.slice(1, -1).replaceAll('\\"', '"')}'`
    : escaped;
}

/** `1 item`, `2 items`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

export function indentLines(lines: readonly string[], by = "  "): string[] {
  const indented: string[] = [];
  const add = (line: string) => indented.push(line === "" ? line : by + line);
  for (const line of lines) {
    if (line.includes("\n")) line.split("\n").forEach(add);
    else add(line);
  }
  return indented;
}

/** `if (condition) refuse(…);`, broken where it is too long. */
export function guard(condition: string, action: string): string[] {
  const line = `if (${condition}) ${action}`;
  // Two levels of indentation are what guards stand at, as a rule.
  if (line.length <= width - 4) return [line];
  const head = `if (${condition}) {`;
  if (head.length <= width) return [head, `  ${action}`, "}"];
  return ["if (", ...indentLines(breakCondition(condition, width - 10)), ") {", `  ${action}`, "}"];
}

/** `[a, b, c]`, with as many items a line as it holds where one line is too short. */
export function fillList(items: readonly string[], indent = ""): string {
  const line = `[${items.join(", ")}]`;
  if (line.length <= width / 2) return line;
  const lines: string[] = [];
  let last = "";
  for (const item of items) {
    if (last !== "" && indent.length + last.length + item.length + 4 > width) {
      lines.push(last);
      last = "";
    }
    last += `${last === "" ? "" : " "}${item},`;
  }
  return `[\n${[...lines, last].map((one) => `${indent}  ${one}\n`).join("")}${indent}]`;
}
