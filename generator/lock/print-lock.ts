import type { Lock } from "./lock.js";

/** The lock as text: one entry a line and in alphabetical order, so that a change of one is a change of one line. */
export function printLock({ version, types, shipped, decisions = [], accepted = [] }: Lock): string {
  const parts = [`"version": ${version}`, `"types": ${printTable(types)}`];
  if (shipped) {
    const tables = [
      `"methods": ${printTable(shipped.methods, "    ")}`,
      `"pushes": ${printTable(shipped.pushes, "    ")}`,
      `"types": ${printTable(shipped.types, "    ")}`,
    ];
    parts.push(`"shipped": ${block("{", tables, "}", "  ")}`);
  }
  if (decisions.length > 0) parts.push(`"decisions": ${printList(decisions)}`);
  if (accepted.length > 0) parts.push(`"accepted": ${printList(accepted)}`);
  return `${block("{", parts, "}", "")}\n`;
}

function printTable(table: Readonly<Record<string, unknown>>, indent = "  "): string {
  const lines = Object.keys(table)
    .sort()
    .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(table[name])}`);
  return block("{", lines, "}", indent);
}

function printList(list: readonly string[]): string {
  return block(
    "[",
    list.map((item) => JSON.stringify(item)),
    "]",
    "  ",
  );
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  const inner = lines.map((line) => `\n${indent}  ${line}`).join(",");
  return `${open}${inner}\n${indent}${close}`;
}
