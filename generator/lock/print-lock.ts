import type { Lock } from "./lock.js";
import type { Shape, TypeShape } from "./shape.js";

/**
 * The lock as text: one method, one type's places, one field a line, and in an order that an edit elsewhere
 * does not change, so that a difference of two locks says what happened.
 */
export function printLock({ version, types, shipped, decisions = [], accepted = [] }: Lock): string {
  const parts = [`"version": ${version}`, `"types": ${printTable(types, "  ")}`];
  if (shipped) parts.push(`"shipped": ${printShape(shipped)}`);
  if (decisions.length > 0) parts.push(`"decisions": ${printList(decisions, "  ")}`);
  if (accepted.length > 0) parts.push(`"accepted": ${printList(accepted, "  ")}`);
  return `${block("{", parts, "}", "")}\n`;
}

function printShape({ methods, pushes, types }: Shape): string {
  const tables = [
    `"methods": ${printTable(methods, "    ")}`,
    `"pushes": ${printTable(pushes, "    ")}`,
    `"types": ${printTable(types, "    ", printType)}`,
  ];
  return block("{", tables, "}", "  ");
}

// In a compiler that stays open the same shapes come again after each edit.
const printed = new WeakMap<TypeShape, string>();

function printType(type: TypeShape, indent: string): string {
  const text = printed.get(type) ?? printParts(type, indent);
  printed.set(type, text);
  return text;
}

function printParts(type: TypeShape, indent: string): string {
  if (type.kind === "enum") return JSON.stringify(type);
  const { list, parts, rest } =
    type.kind === "object"
      ? { list: "fields", parts: type.fields, rest: { ...type, fields: undefined } }
      : { list: "members", parts: type.members, rest: { ...type, members: undefined } };
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head},${JSON.stringify(list)}:${printList(parts, indent)}}`;
}

function printTable<T>(
  table: Readonly<Record<string, T>>,
  indent: string,
  print: (entry: T, indent: string) => string = (entry) => JSON.stringify(entry),
): string {
  const lines = Object.entries(table)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `${JSON.stringify(name)}: ${print(entry, `${indent}  `)}`);
  return block("{", lines, "}", indent);
}

function printList(list: readonly unknown[], indent: string): string {
  return block(
    "[",
    list.map((item) => JSON.stringify(item)),
    "]",
    indent,
  );
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  return `${open}${lines.map((line) => `\n${indent}  ${line}`).join(",")}\n${indent}${close}`;
}
