import { ts } from "ts-morph";
import type { Module, Push } from "../model/model.js";
import { pushedType } from "./find-modules.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { readMethod } from "./read-method.js";
import { readType } from "./read-type.js";

/** Reads a module: its methods and pushes, inherited ones included. */
export function readModule(context: ReadContext, node: ts.InterfaceDeclaration, file: string): Module {
  const name = node.name.text;
  const site: Site = { node, path: name, anonymousName: name, file };
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
    const place: Site = {
      node: declaration,
      path: `${name}.${member.name}`,
      anonymousName: name + member.name.charAt(0).toUpperCase() + member.name.slice(1),
      file,
    };
    const pushed = pushedType(context, member);
    if (pushed) pushes.push(readPush(context, place, member.name, pushed));
    else if (ts.isMethodSignature(declaration)) methods.push(readMethod(context, place, member, declaration));
    else reportMember(context, place);
  }
  return {
    name,
    file,
    methods: methods.filter((method) => method !== undefined),
    pushes,
    doc: readComment(context, site, "module").doc,
    at: context.locate(node),
  };
}

function readPush(context: ReadContext, site: Site, name: string, type: ts.Type): Push {
  const read = readType(
    context,
    { ...site, path: `${site.path} -> pushed`, anonymousName: `${site.anonymousName}Value` },
    type,
  );
  return { name, type: read, doc: readComment(context, site, "push").doc, at: context.locate(site.node) };
}

function reportMember(context: ReadContext, site: Site): void {
  context.report(
    site,
    "IDL1201",
    "a module has methods and pushes, nothing else",
    "write a method `name(…): Promise<T>`, a push `readonly name: Push<T>`, or move data to an interface of its own",
  );
}
