import { expect, test } from "vitest";
import { CallTable } from "../../runtime/remote/call-table.js";

interface Call {
  id: number;
}

function add(table: CallTable<Call>): Call {
  const call = { id: 0 };
  call.id = table.add(call);
  return call;
}

test("ids grow and never come back, however long some calls take", () => {
  const table = new CallTable<Call>();
  const long = Array.from({ length: 20 }, () => add(table));
  let last = 20;
  for (let i = 0; i < 10_000; i++) {
    const call = add(table);
    expect(call.id).toBeGreaterThan(last);
    last = call.id;
    table.delete(call.id);
    expect(table.get(call.id)).toBeUndefined();
  }
  for (const call of long) expect(table.get(call.id)).toBe(call);
  expect(table.values().length).toBe(20);
  expect(table.size).toBe(20);
});

test("holds as many calls as there are", () => {
  const table = new CallTable<Call>();
  const calls = Array.from({ length: 10_000 }, () => add(table));
  for (const call of calls) expect(table.get(call.id)).toBe(call);
  for (const call of calls) {
    table.delete(call.id);
    table.delete(call.id);
  }
  expect(table.size).toBe(0);
});
