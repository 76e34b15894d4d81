import type { Plugin } from "esbuild";
import ts from "typescript";
import { transform } from "typia/lib/transform";

/** Replaces typia's calls in the files that import it, which takes TypeScript's compiler: esbuild knows no types. */
export const typiaTransform: Plugin = {
  name: "typia",
  setup(build) {
    build.onLoad({ filter: /\/typia\.ts$/ }, ({ path }) => ({ contents: transformFile(path), loader: "ts" }));
  },
};

function transformFile(path: string): string {
  const program = ts.createProgram([path], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} is not there`);
  const failures: ts.Diagnostic[] = [];
  const addDiagnostic = (diagnostic: ts.Diagnostic) => failures.push(diagnostic);
  // NaN and infinities are numbers to typia unless it is told otherwise.
  const { transformed } = ts.transform(source, [transform(program, { finite: true }, { addDiagnostic })]);
  const [failure] = failures;
  if (failure) throw new Error(`typia: ${ts.flattenDiagnosticMessageText(failure.messageText, "\n")}`);
  return transformed.map((file) => ts.createPrinter().printFile(file)).join("\n");
}
