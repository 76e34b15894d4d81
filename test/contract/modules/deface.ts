import type { Everything } from "../idl/values.js";

/** Changes a value wherever it can be changed. */
export function deface(value: Everything): void {
  value.text = "changed";
  value.at.setTime(0);
  value.bytes.fill(0);
  value.list.push("changed");
  value.record.changed = 1;
  value.map.clear();
  value.set.clear();
  value.tree.branches[0]?.branches.push({ name: "changed", branches: [] });
  const { anything } = value;
  if (typeof anything === "object" && anything !== null) Reflect.set(anything, "changed", true);
}
