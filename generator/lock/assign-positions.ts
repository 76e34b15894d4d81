import type { TypeDeclaration } from "../model/declaration.js";
import type { Model } from "../model/model.js";
import type { LiteralValue } from "../model/type.js";
import type { Lock } from "./lock.js";

/**
 * Gives fields and union members the places on the wire that the lock remembers, and new ones the next
 * free place. Types that are gone stay in the lock: they may come back, and shipped clients know them.
 */
export function assignPositions(model: Model, lock: Lock): { model: Model; lock: Lock } {
  const places: Record<string, readonly (LiteralValue | null)[]> = { ...lock.types };
  const types = model.types.map((type): TypeDeclaration => {
    const { definition } = type;
    if (definition.kind === "object") {
      const names = definition.fields.map((field) => field.name);
      const positions = place(names, places[type.lockName]);
      places[type.lockName] = positions;
      const fields = definition.fields.map((field) => ({
        ...field,
        position: positions.indexOf(field.name),
      }));
      return { ...type, definition: { ...definition, fields } };
    }
    if (definition.kind === "union") {
      const keys = definition.members.map((member) => member.key);
      const positions = place(keys, places[type.lockName]);
      places[type.lockName] = positions;
      const members = definition.members.map((member) => ({
        ...member,
        position: positions.indexOf(member.key),
      }));
      return { ...type, definition: { ...definition, members } };
    }
    return type;
  });
  return { model: { ...model, types }, lock: { version: 1, types: places } };
}

function place(
  current: readonly LiteralValue[],
  remembered: readonly (LiteralValue | null)[] = [],
): (LiteralValue | null)[] {
  const kept = remembered.map((value) => (value !== null && current.includes(value) ? value : null));
  return [...kept, ...current.filter((value) => !kept.includes(value))];
}
