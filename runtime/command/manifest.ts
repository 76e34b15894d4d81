import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "./command-error.js";
import { didYouMean } from "./nearest.js";

/** What the IDL says, as far as commands look at it. The generator writes it as `manifest.json`. */
export interface Manifest {
  readonly modules: readonly ManifestModule[];
  readonly types: readonly ManifestType[];
}

/** A module, a method or a push. */
interface Named {
  readonly name: string;
  /** Its name on the wire, where that is another one. */
  readonly was?: string;
  readonly doc: { readonly text: string };
}

export interface ManifestModule extends Named {
  readonly methods: readonly ManifestMethod[];
  readonly pushes: readonly ManifestPush[];
}

export interface ManifestMethod extends Named {
  readonly kind: "call" | "oneway" | "stream";
  readonly access: "internal" | "session" | "user";
  readonly parameters: readonly ManifestParameter[];
  readonly result?: TypeText;
  readonly failures: readonly string[];
}

export interface ManifestParameter {
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeText;
}

export interface ManifestPush extends Named {
  readonly type: TypeText;
}

/** A type where it is used. Which of the members it has depends on its kind. */
export interface TypeText {
  readonly kind: string;
  /** How the IDL writes it, where that says more than the kind. */
  readonly written?: readonly (string | { readonly name: string })[];
  readonly name?: string;
  readonly format?: string;
  readonly values?: readonly (string | number | boolean)[];
  readonly item?: TypeText;
  readonly items?: readonly { readonly type: TypeText; readonly optional: boolean }[];
  readonly rest?: TypeText;
  readonly key?: TypeText;
  readonly value?: TypeText;
  readonly type?: TypeText;
}

export interface ManifestType {
  readonly name: string;
  readonly definition: {
    readonly kind: "object" | "union" | "enum";
    readonly members?: readonly { readonly value?: string | number }[];
  };
}

/**
 * Reads what was generated into a folder; undefined where there is nothing.
 *
 * @param wanted the folder that somebody named
 * @throws UsageError where there is nothing in a folder that was named
 */
export async function readManifest(wanted?: string): Promise<Manifest | undefined> {
  const path = join(wanted ?? "generated", "manifest.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      if (wanted === undefined) return undefined;
      throw new UsageError(`There is no ${path}: --generated takes the folder that codegen writes.`);
    }
    throw error;
  }
  try {
    // The generator of this package has written it.
    return JSON.parse(text) as Manifest;
  } catch {
    throw new UsageError(`${path} is not what antwire codegen writes: run it again.`);
  }
}

/** A member of a module, and the module. */
export interface Found<Member> {
  readonly module: ManifestModule;
  readonly member: Member;
  /** `<Module>/<member>` on the wire. */
  readonly route: string;
}

/**
 * Finds what `Module.member` names.
 *
 * @param membersOf the members of a module that may be named
 * @param what they are called
 * @throws UsageError where there is none
 */
export function findMember<Member extends Named>(
  manifest: Manifest,
  target: string,
  { membersOf, what }: { membersOf(module: ManifestModule): readonly Member[]; readonly what: string },
): Found<Member> {
  const [moduleName = "", memberName = ""] = target.split(".");
  const module = manifest.modules.find(({ name }) => name === moduleName);
  if (module === undefined) {
    const known = manifest.modules.map(({ name }) => name);
    throw new UsageError(
      `There is no module ${moduleName}.${didYouMean(moduleName, known) || ` The IDL has ${known.join(", ")}.`}`,
    );
  }
  const member = membersOf(module).find(({ name }) => name === memberName);
  if (member === undefined) {
    const known = membersOf(module).map(({ name }) => name);
    const has = known.length === 0 ? `It has no ${what}.` : `It has ${known.join(", ")}.`;
    if (memberName === "") throw new UsageError(`Which ${what} of ${moduleName}? ${has}`);
    throw new UsageError(
      `${moduleName} has no ${what} ${memberName}.${didYouMean(memberName, known) || ` ${has}`}`,
    );
  }
  return { module, member, route: `${module.was ?? module.name}/${member.was ?? member.name}` };
}

/** Methods that clients can call. */
export function callableMethods({ methods }: ManifestModule): readonly ManifestMethod[] {
  return methods.filter(({ access }) => access !== "internal");
}
