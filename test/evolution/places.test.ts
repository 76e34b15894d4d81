import { describe, expect, test } from "vitest";
import { emptyLock, type Lock } from "../../generator/lock/lock.js";
import { compileValid } from "./compile-idl.js";

// To TypeScript all `string | Date` are one type. On the wire each is what its own place made of it.

async function evolve(text: string, lock: Lock = emptyLock, accept: readonly string[] = []) {
  return (await compileValid({ case: text }, { lock, accept })).evolution;
}

const moduleM = (more = "") =>
  `export interface M { ${more} a(session: idl.Session, given: A): Promise<A>; }`;

describe.each([
  ["a union", "string | Date", "string | Date | Uint8Array", "Uint8Array | Date | string"],
  ["an intersection", "X & Y", "X & Y & Z", "Z & Y & X"],
  ["a mapped type", "Pick<X, 'x'>", "Pick<X, 'x' | 'more'>", "Pick<X, 'more' | 'x'>"],
])("%s without a name", (_, first, second, elsewhere) => {
  const withField = (type: string) => `interface X { x: string; more?: number } interface Y { y: Date }
    interface Z { z: boolean } interface A { g?: ${type} }`;

  test("keeps its wire whatever uses the same type before it", async () => {
    const old = await evolve(withField(first) + moduleM());
    const grown = withField(second) + moduleM();
    // Whether the type's own change breaks somebody is not the question here.
    const accept = (await evolve(grown, old.lock)).breaks.map(({ rule }) => rule);
    const before = await evolve(grown, old.lock, accept);
    const after = await evolve(
      withField(second) + moduleM(`before(session: idl.Session, x: ${elsewhere}): void;`),
      before.lock,
    );
    expect(after.breaks).toEqual([]);
    expect(after.lock.types.AG).toEqual(before.lock.types.AG);
  });

  test("keeps its wire when the place that used the same type before it goes away", async () => {
    const before = moduleM(`before(session: idl.Session, x: ${first}): void;`);
    const old = await evolve(withField(first) + before);
    const { breaks, lock } = await evolve(withField(first) + moduleM(), old.lock, ["removed-method"]);
    expect(breaks).toEqual([]);
    expect(lock.types.AG).toEqual(old.lock.types.AG);
  });
});

test.each([
  ["a union with null", "type Named = string | Date | null;"],
  ["an object with null", "type Named = { x: string; next: Named } | null;"],
  ["an instantiated one", "type Maybe<T> = { some: T } | null; type Named = Maybe<string>;"],
])("an alias of %s is its name on the wire, whatever parameters are called", async (_, alias) => {
  const withName = (name: string) =>
    `${alias} export interface M { a(session: idl.Session, ${name}: Named, more?: Named): Promise<Named>; }`;
  const old = await evolve(withName("given"));
  const renamed = await evolve(withName("renamed"), old.lock);
  expect(Object.keys(renamed.lock.types)).toEqual(Object.keys(old.lock.types));
  expect(Object.keys(old.lock.types)).toHaveLength(1);
});
