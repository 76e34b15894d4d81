/**
 * Whether a value is a string of whole characters. Half of a surrogate pair, which cutting a string may
 * leave, has no form in UTF-8, and readers in other languages refuse the message that contains it.
 */
export function isText(value: unknown): value is string {
  // Of Node 20 and browsers since 2023; TypeScript knows it from ES2024 on.
  return typeof value === "string" && (value as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Whether a string can be a key of a record: assigning to `__proto__` would set the prototype. */
export function isKey(value: string): boolean {
  return value !== "__proto__" && isText(value);
}
