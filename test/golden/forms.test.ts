import { join } from "node:path";
import { transformSync } from "esbuild";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type Forms, writeTypedForms } from "./typed-forms.js";

// What users get is JavaScript, and declarations. Both are made from the same views as the TypeScript that
// typescript.test.ts has checked: here it is shown that they say the same.
const forms = writeTypedForms("forms");
const declared = declare(forms);

describe.each(forms.map((form) => [form.name, form] as const))("%s", (_name, form) => {
  it("as JavaScript is the TypeScript without its types", () => {
    const scripts = [...form.plain].filter(([path]) => path.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(0);
    for (const [path, text] of scripts) {
      const typed = form.typed.get(path.replace(/\.js$/, ".ts")) ?? "";
      expect(plain(text, "js"), path).toEqual(plain(typed, "ts"));
    }
  });

  it("is declared as TypeScript would declare it", () => {
    for (const [path, text] of form.plain) {
      if (!path.endsWith(".d.ts")) continue;
      const exported = statements(declared.get(join(form.folder, path)) ?? "");
      const own = statements(text);
      const isMissing = (statement: string) => !own.includes(statement);
      expect(
        own.filter((statement) => !exported.includes(statement)),
        path,
      ).toEqual([]);
      // The single functions of a codec are for generated code only, and so are guards of types without a name and
      // those that count levels; codecs of members are for contracts.
      const isInner = (statement: string) =>
        /^(import|export function (write|read|copy|fits|is\w+\(value: unknown\): value is [^A-Z])|export const \w+Codec\b)/.test(
          statement,
        );
      const missing = exported.filter(isMissing);
      expect(path.startsWith("codecs/") ? missing.filter((one) => !isInner(one)) : missing, path).toEqual([]);
    }
  });
});

/** The statements without types and comments, laid out alike. */
function plain(text: string, loader: "js" | "ts"): string[] {
  const { code } = transformSync(text, {
    loader,
    target: "es2022",
    minifyWhitespace: true,
    minifySyntax: true,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
  });
  return code.split(/(?<=[;{}])/);
}

/** What TypeScript declares for the typed forms, by path. All at once: each program reads TypeScript's library anew. */
function declare(forms: readonly Forms[]): Map<string, string> {
  const declared = new Map<string, string>();
  const files = forms.flatMap(({ folder, typed }) =>
    [...typed.keys()].filter((path) => path.endsWith(".ts")).map((path) => join(folder, path)),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ["antwire-source"],
    strict: true,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    verbatimModuleSyntax: true,
  };
  ts.createProgram(files, options).emit(undefined, (path, text) => {
    declared.set(path, text);
  });
  return declared;
}

/** The statements of a declaration file in one order, without comments, private parts and the word `declare`. */
function statements(text: string): string[] {
  const source = ts.createSourceFile("file.d.ts", text, ts.ScriptTarget.ES2022);
  const printer = ts.createPrinter({ removeComments: true });
  return source.statements
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, source))
    .filter((statement) => statement !== "export {};")
    .map((statement) =>
      statement
        .replace(/\bdeclare /, "")
        .replace(/\s+#private;/, "")
        .replace(/'/g, '"')
        .replace(/\s+/g, " ")
        .replace(/,( [}\])])/g, "$1"),
    )
    .flatMap(single);
}

/** An import or export name by name; those that only declarations import are types to them. */
function single(statement: string): string[] {
  const parts = /^(import|export) (type )?\{ (.*) \} from (.*)$/.exec(statement);
  if (!parts) return [statement];
  const [, word, type, list = "", from] = parts;
  return list.split(", ").map((name) => {
    const bare = name.replace(/^type /, "");
    const isType = word === "import" || type !== undefined || bare !== name;
    return `${word} ${isType ? "type " : ""}${bare} from ${from}`;
  });
}
