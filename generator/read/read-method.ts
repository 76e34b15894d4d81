import { ts } from "ts-morph";
import type { Method } from "../model/model.js";
import type { Type } from "../model/type.js";
import { asBefore } from "./member-site.js";
import type { ReadContext, Site } from "./read-context.js";
import { type Comment, readComment } from "./read-doc.js";
import { readParameters } from "./read-parameters.js";
import { readThrows } from "./read-throws.js";
import { below, readType } from "./read-type.js";
import { readWas } from "./read-was.js";

/** Reads a method; undefined for one that cannot be read at all. */
export function readMethod(
  context: ReadContext,
  site: Site,
  member: ts.Symbol,
  node: ts.MethodSignature,
): Method | undefined {
  const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
  const declared = context.checker.getTypeOfSymbol(member);
  const type = isOptional ? context.checker.getNonNullableType(declared) : declared;
  const signatures = type.getCallSignatures();
  const signature = signatures[0];
  if (!signature || signatures.length > 1 || signature.typeParameters) {
    context.report(
      site,
      "IDL1203",
      "a method has one signature and no type parameters",
      "give each variant a name of its own",
    );
    return undefined;
  }
  if (isOptional) {
    context.report(site, "IDL1201", "a method cannot be optional", "remove the `?`");
  }
  const comment = readComment(context, site, "method");
  const { was } = readWas(context, site, comment.tags);
  const inside = asBefore(site, member.name, was);
  const { access, parameters } = readParameters(context, inside, node, signature);
  const { kind, result } = readReturn(context, { ...inside, node: node.type ?? node }, signature);
  const failures = readThrows(context, site, comment.tags);
  if (kind === "oneway" && failures.length > 0) {
    context.report(
      site,
      "IDL1206",
      "nobody waits for a one-way method, so nobody hears its failures",
      "return `Promise<void>`, or remove @throws",
    );
  }
  return {
    name: member.name,
    ...(was !== undefined && { was }),
    kind,
    access,
    parameters,
    result,
    failures,
    timeout: readTimeout(context, site, comment),
    idempotent: comment.tags.some(({ name }) => name === "idempotent"),
    doc: comment.doc,
    at: context.locate(node),
  };
}

function readReturn(
  context: ReadContext,
  site: Site,
  signature: ts.Signature,
): { kind: Method["kind"]; result: Type | undefined } {
  const type = signature.getReturnType();
  if (type.flags & ts.TypeFlags.Void) return { kind: "oneway", result: undefined };
  const name = type.symbol?.name;
  if (name === "Promise") {
    const value = context.checker.getTypeArguments(type as ts.TypeReference)[0];
    if (!value || value.flags & ts.TypeFlags.Void) return { kind: "call", result: undefined };
    return { kind: "call", result: readType(context, below(site, " -> returns", "Result"), value) };
  }
  if (name === "AsyncIterable") {
    const item = context.checker.getTypeArguments(type as ts.TypeReference)[0];
    if (item) return { kind: "stream", result: readType(context, below(site, " -> yields", "Item"), item) };
  }
  const shown = context.checker.typeToString(type);
  context.report(
    site,
    "IDL1202",
    `the return type ${shown} says no call kind`,
    `write \`Promise<${shown.includes("Promise") ? "T" : shown}>\` for a reply, \`void\` for a one-way call, or \`AsyncIterable<T>\` for a stream`,
  );
  return { kind: "call", result: undefined };
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function readTimeout(context: ReadContext, site: Site, comment: Comment): number | undefined {
  const tag = comment.tags.find(({ name }) => name === "timeout");
  if (!tag) return undefined;
  const match = /^(\d+)\s*(ms|s|m)$/.exec(tag.text);
  const unit = milliseconds[match?.[2] ?? ""];
  if (match && unit !== undefined && Number(match[1]) > 0) return Number(match[1]) * unit;
  context.report(
    { ...site, node: tag.node },
    "IDL1404",
    `@timeout ${tag.text} is no time`,
    "write a number and a unit, such as `@timeout 500ms` or `@timeout 5s`",
  );
  return undefined;
}
