import { ts } from "ts-morph";
import type { Method, Parameter } from "../model/model.js";
import { asBefore, memberSite } from "./member-site.js";
import { readConstraintTags } from "./read-constraint-tags.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { readType } from "./read-type.js";
import { readWas } from "./read-was.js";

/** Reads a method's parameters. The first decides who may call. */
export function readParameters(
  context: ReadContext,
  site: Site,
  node: ts.MethodSignature,
  signature: ts.Signature,
): Pick<Method, "access" | "parameters"> {
  const access = accessOf(context, node.parameters[0]);
  const rest = access === "internal" ? node.parameters : node.parameters.slice(1);
  const first = node.parameters[0];
  if (access !== "internal" && first?.questionToken) {
    context.report(
      { node: first, path: site.path },
      "IDL1204",
      "the session is never absent",
      "remove the `?`",
    );
  }
  const parameters: Parameter[] = [];
  for (const parameter of rest) {
    const symbol = signature.parameters[node.parameters.indexOf(parameter)];
    const read = symbol && readParameter(context, site, parameter, symbol);
    if (read) parameters.push(read);
  }
  return { access, parameters };
}

function accessOf(context: ReadContext, parameter: ts.ParameterDeclaration | undefined): Method["access"] {
  const declared = parameter && context.checker.getTypeAtLocation(parameter);
  // Of all types only unions change by it, and to ask it of others takes a look at all of their members.
  const type = declared?.isUnion() ? context.checker.getNonNullableType(declared) : declared;
  switch (context.builtin(type?.symbol)) {
    case "Session":
      return "session";
    case "UserSession":
      return "user";
    default:
      return "internal";
  }
}

function readParameter(
  context: ReadContext,
  site: Site,
  node: ts.ParameterDeclaration,
  symbol: ts.Symbol,
): Parameter | undefined {
  const at = { node, path: site.path };
  if (!ts.isIdentifier(node.name)) {
    context.report(at, "IDL1204", "a parameter needs a name", "name it, and give it an object type");
    return undefined;
  }
  const name = node.name.text;
  const place = memberSite(site, name, {
    node,
    path: `${site.path} -> ${name}`,
    optional: node.questionToken !== undefined,
  });
  if (node.dotDotDotToken) {
    context.report(place, "IDL1204", "rest parameters are not supported", `take an array: \`${name}: T[]\``);
    return undefined;
  }
  const type = context.checker.getTypeOfSymbol(symbol);
  if (accessOf(context, node) !== "internal") {
    context.report(place, "IDL1205", "the session is the first parameter", "move it to the front");
    return undefined;
  }
  if (type.getCallSignatures().length > 0) {
    context.report(
      place,
      "IDL1204",
      "a callback cannot travel",
      "return a result, or declare a push for what the client should hear later",
    );
    return undefined;
  }
  const comment = readComment(context, place, "parameter");
  const { was } = readWas(context, place, comment.tags);
  const read = readType(context, asBefore(place, name, was), type);
  return {
    name,
    ...(was !== undefined && { was }),
    optional: place.optional === true,
    type: readConstraintTags(context, place, read, comment.tags),
    at: context.locate(node),
  };
}
