import { ts } from "ts-morph";
import type { TypeName, Written } from "../model/type.js";
import type { ReadContext } from "./read-context.js";

/**
 * A type as the IDL writes it, with the names that generated code has to import; undefined where it has to
 * be written out (an object type without a name).
 */
export function writeType(context: ReadContext, type: ts.Type): Written | undefined {
  const alias = type.aliasSymbol;
  if (alias) {
    const named = writeName(context, alias);
    const args = writeAll(context, type.aliasTypeArguments ?? []);
    if (named && args) return [...named, ...angled(args)];
  }
  const literal = writeLiteral(context, type);
  if (literal) return literal;
  if (type.flags & keywordFlags) return [context.checker.typeToString(type)];
  if (type.isUnion()) return writeJoined(context, type.types, " | ");
  if (!(type.flags & ts.TypeFlags.Object)) return undefined;
  return writeReference(context, type as ts.ObjectType);
}

const keywordFlags =
  ts.TypeFlags.String |
  ts.TypeFlags.Number |
  ts.TypeFlags.Boolean |
  ts.TypeFlags.BigInt |
  ts.TypeFlags.Null |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.Never |
  ts.TypeFlags.StringLiteral |
  ts.TypeFlags.NumberLiteral |
  ts.TypeFlags.BooleanLiteral;

function writeLiteral(context: ReadContext, type: ts.Type): Written | undefined {
  if (type.flags & ts.TypeFlags.Boolean) return ["boolean"];
  if (!(type.flags & ts.TypeFlags.EnumLike)) return undefined;
  const member = type.symbol.valueDeclaration;
  if (!member || !ts.isEnumMember(member)) return writeName(context, type.symbol);
  const owner = context.checker.getSymbolAtLocation(member.parent.name);
  const named = owner && writeName(context, owner);
  if (!named) return undefined;
  const { name } = type.symbol;
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return [...named, `.${name}`];
  return ["(typeof ", ...named, `)[${JSON.stringify(name)}]`];
}

function writeReference(context: ReadContext, type: ts.ObjectType): Written | undefined {
  const { checker } = context;
  if (checker.isTupleType(type)) return undefined;
  const args = "target" in type ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (checker.isArrayType(type)) {
    const item = args[0] && writeType(context, args[0]);
    const readonly = type.symbol.name === "ReadonlyArray";
    if (!item) return undefined;
    const prefix = readonly ? "readonly " : "";
    return item.length === 1 ? [prefix, ...item, "[]"] : [`${prefix}(`, ...item, ")[]"];
  }
  if (!type.symbol || !(type.symbol.flags & ts.SymbolFlags.Interface)) return undefined;
  // Which buffer is behind the bytes is a type argument that nobody writes.
  if (type.symbol.name === "Uint8Array") return ["Uint8Array"];
  const named = writeName(context, type.symbol);
  // An interface's own `this` is the last of its type arguments.
  const parameters = (type as ts.TypeReference).target?.typeParameters?.length ?? 0;
  const written = writeAll(context, args.slice(0, parameters));
  return named && written && [...named, ...angled(written)];
}

function writeAll(context: ReadContext, types: readonly ts.Type[]): Written[] | undefined {
  const written = types.map((type) => writeType(context, type));
  return written.every((one) => one !== undefined) ? written : undefined;
}

function writeJoined(
  context: ReadContext,
  types: readonly ts.Type[],
  separator: string,
): Written | undefined {
  return writeAll(context, types)?.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}

function angled(args: readonly Written[]): Written {
  if (args.length === 0) return [];
  return ["<", ...args.flatMap((arg, index) => (index === 0 ? arg : [", ", ...arg])), ">"];
}

/** The name of a declared type: to import from the IDL, or one that TypeScript's library has. */
function writeName(context: ReadContext, symbol: ts.Symbol): Written | undefined {
  const builtin = context.builtin(symbol);
  if (builtin !== undefined) return [{ name: builtin, file: "antwire/idl" }];
  const declaration = symbol.declarations?.[0];
  if (!declaration) return undefined;
  if (context.project.program.isSourceFileDefaultLibrary(declaration.getSourceFile())) return [symbol.name];
  const name = nameOf(context, declaration, symbol.name);
  return name && [name.root, ...name.inner];
}

/** A declaration inside namespaces is reached through the outermost. */
function nameOf(
  context: ReadContext,
  declaration: ts.Declaration,
  own: string,
): { root: TypeName; inner: Written } | undefined {
  const file = context.fileOf(declaration);
  if (file === undefined) return undefined;
  const path = [own];
  for (let node: ts.Node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node)) path.unshift(node.name.text);
  }
  const [root = own, ...inner] = path;
  return { root: { name: root, file }, inner: inner.length === 0 ? [] : [`.${inner.join(".")}`] };
}

/** A name for codecs made from how a type is written: `Page<Item[]>` -> `PageItemArray`. */
export function codecNameOf(written: Written): string {
  const words = written
    .map((piece) => (typeof piece === "string" ? piece : piece.name))
    .join(" ")
    .replaceAll("[]", " array ")
    .replaceAll("|", " or ")
    .match(/[A-Za-z_$][\w$]*/g);
  return (words ?? []).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
