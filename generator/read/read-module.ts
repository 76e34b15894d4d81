import { ts } from "ts-morph";
import type { Module, Push } from "../model/model.js";
import { pushedType } from "./find-modules.js";
import { asBefore, memberSite } from "./member-site.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { readMethod } from "./read-method.js";
import { below, readType } from "./read-type.js";
import { readWas } from "./read-was.js";

/** Reads a module: its methods and pushes, inherited ones included. */
export function readModule(context: ReadContext, node: ts.InterfaceDeclaration, file: string): Module {
  const name = node.name.text;
  const plain: Site = { node, path: name, anonymousName: name, lockStem: name, file };
  const comment = readComment(context, plain, "module");
  const { was } = readWas(context, plain, comment.tags);
  const site = asBefore(plain, name, was);
  if (node.typeParameters) {
    context.report(site, "IDL1208", "a module cannot be generic", "write one interface for each use");
  }
  const symbol = context.checker.getSymbolAtLocation(node.name);
  const type = symbol && context.checker.getDeclaredTypeOfSymbol(symbol);
  const members = type ? context.checker.getPropertiesOfType(type) : [];
  const unnamed = type
    ? [
        ...context.checker.getSignaturesOfType(type, ts.SignatureKind.Call),
        ...context.checker.getSignaturesOfType(type, ts.SignatureKind.Construct),
        ...context.checker.getIndexInfosOfType(type),
      ]
    : [];
  for (const { declaration } of unnamed) {
    reportMember(context, { ...site, node: declaration ?? node });
  }
  const methods = [];
  const pushes: Push[] = [];
  for (const member of members) {
    const declaration = member.valueDeclaration ?? node;
    const place = memberSite(site, member.name, { node: declaration, path: `${name}.${member.name}` });
    const pushed = pushedType(context, member);
    if (pushed) pushes.push(readPush(context, place, member.name, pushed));
    else if (ts.isMethodSignature(declaration)) methods.push(readMethod(context, place, member, declaration));
    else reportMember(context, place);
  }
  return {
    name,
    ...(was !== undefined && { was }),
    file,
    methods: methods.filter((method) => method !== undefined),
    pushes,
    doc: comment.doc,
    at: context.locate(node),
  };
}

function readPush(context: ReadContext, site: Site, name: string, type: ts.Type): Push {
  const comment = readComment(context, site, "push");
  const { was } = readWas(context, site, comment.tags);
  const read = readType(context, below(asBefore(site, name, was), " -> pushed", "Value"), type);
  return {
    name,
    ...(was !== undefined && { was }),
    type: read,
    latest: comment.tags.some((tag) => tag.name === "latest"),
    replay: comment.tags.some((tag) => tag.name === "replay"),
    doc: comment.doc,
    at: context.locate(site.node),
  };
}

function reportMember(context: ReadContext, site: Site): void {
  context.report(
    site,
    "IDL1201",
    "a module has methods and pushes, nothing else",
    "write a method `name(…): Promise<T>`, a push `readonly name: Push<T>`, or move data to an interface of its own",
  );
}
