import { ts } from "ts-morph";
import type { ReadContext } from "./read-context.js";

/** The modules of a file: exported interfaces with at least one method or push, their own or inherited. */
export function findModules(context: ReadContext, source: ts.SourceFile): ts.InterfaceDeclaration[] {
  return source.statements.filter(ts.isInterfaceDeclaration).filter((node) => isModule(context, node));
}

export function isModule(context: ReadContext, node: ts.InterfaceDeclaration): boolean {
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return false;
  const symbol = context.checker.getSymbolAtLocation(node.name);
  const type = symbol && context.checker.getDeclaredTypeOfSymbol(symbol);
  return (
    type !== undefined &&
    context.checker
      .getPropertiesOfType(type)
      .some(
        (member) => (member.flags & ts.SymbolFlags.Method) !== 0 || pushedType(context, member) !== undefined,
      )
  );
}

/** The `T` of a property of type `Push<T>`; undefined for any other member. */
export function pushedType(context: ReadContext, member: ts.Symbol): ts.Type | undefined {
  const type = context.checker.getTypeOfSymbol(member);
  if (context.builtin(type.symbol) !== "Push") return undefined;
  return context.checker.getTypeArguments(type as ts.TypeReference)[0];
}
