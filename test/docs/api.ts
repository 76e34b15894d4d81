import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExportedDeclarations, type JSDocTag, Node, Project, type SourceFile } from "ts-morph";

/** Reads the doors of the package and writes their reference. Used by a test only, so it stands beside it. */

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What is written about one door. */
export interface Page {
  /** The name that it is imported by. */
  readonly door: string;
  /** In `docs/api/`. */
  readonly file: string;
  readonly text: string;
  /** Exported names without a comment. */
  readonly silent: readonly string[];
}

/** Each door and its source. A name that several have is described with the first of them. */
const doors: readonly (readonly [door: string, file: string, source: string])[] = [
  ["antwire", "antwire.md", "runtime/index.ts"],
  ["antwire/idl", "idl.md", "runtime/idl.ts"],
  ["antwire/client", "client.md", "runtime/client.ts"],
  ["antwire/testing", "testing.md", "runtime/testing/index.ts"],
  ["antwire/bots", "bots.md", "runtime/bots/index.ts"],
];

export function describeDoors(): Page[] {
  const project = new Project({
    tsConfigFilePath: join(root, "tsconfig.json"),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true },
  });
  const sources = doors.map(([, , source]) => project.addSourceFileAtPath(join(root, source)));
  project.resolveSourceFileDependencies();
  const described = new Map<ExportedDeclarations, string>();
  const declared = new Declared();
  return doors.map(([door, file, path], index) => {
    const source = sources[index];
    if (source === undefined) throw new Error(`There is no ${path}`);
    const exported = [...source.getExportedDeclarations()].flatMap(([name, [declaration]]) =>
      declaration === undefined ? [] : [{ name, declaration }],
    );
    const entries = exported.map(({ name, declaration }) => {
      const elsewhere = described.get(declaration);
      if (elsewhere !== undefined) return `## ${name}\n\nSee [${name}](${elsewhere}#${anchor(name)}).`;
      described.set(declaration, file);
      return describe(name, declaration, declared);
    });
    const names = exported.map(({ name }) => `[${name}](#${anchor(name)})`);
    return {
      door,
      file,
      text: `${[
        `# \`${door}\``,
        doorComment(source),
        `<!-- Written from the comments in ${path}: UPDATE_DOCS=1 npx vitest run test/docs/api.test.ts -->`,
        names.join(" · "),
        ...entries,
      ].join("\n\n")}\n`,
      silent: exported
        .filter(({ declaration }) => commentOf(declaration).text === "")
        .map(({ name }) => name),
    };
  });
}

function describe(name: string, declaration: ExportedDeclarations, declared: Declared): string {
  const { text, tags } = commentOf(declaration);
  const code = declared.codeOf(name, declaration);
  // The brands of `antwire/idl` say nothing to people.
  const isBrand = /readonly \[\w+\]\?: /.test(code);
  return [
    `## ${name}`,
    ...(text === "" ? [] : [text]),
    ...(tags.length === 0 ? [] : [tags.join("\n")]),
    ...(isBrand ? [] : [`\`\`\`ts\n${code}\n\`\`\``]),
  ].join("\n\n");
}

/** What TypeScript declares for users: no bodies, no private members. */
class Declared {
  readonly #files = new Map<SourceFile, SourceFile>();
  readonly #project = new Project({ useInMemoryFileSystem: true });

  codeOf(name: string, declaration: ExportedDeclarations): string {
    const source = declaration.getSourceFile();
    let file = this.#files.get(source);
    if (file === undefined) {
      const [output] = source.getEmitOutput({ emitOnlyDtsFiles: true }).getOutputFiles();
      if (output === undefined) throw new Error(`TypeScript declares nothing for ${source.getFilePath()}`);
      file = this.#project.createSourceFile(source.getFilePath().replace(/\.ts$/, ".d.ts"), output.getText());
      this.#files.set(source, file);
    }
    const declarations = file.getExportedDeclarations().get(name) ?? [];
    return declarations.map(writeCode).join("\n");
  }
}

function writeCode(declaration: ExportedDeclarations): string {
  const statement = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatementOrThrow()
    : declaration;
  return statement
    .getText(false)
    .replace(/^export (default )?/, "")
    .replace(/^declare /, "")
    .replace(/\n\s*#private;/g, "")
    .replace(/\n\s*private constructor\(.*\);/g, "")
    .replace(/^( {4})+/gm, (spaces) => " ".repeat(spaces.length / 2))
    .trim();
}

function commentOf(declaration: ExportedDeclarations): { text: string; tags: string[] } {
  const holder = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatement()
    : Node.isJSDocable(declaration)
      ? declaration
      : undefined;
  const docs = holder?.getJsDocs() ?? [];
  return {
    text: docs.map((doc) => plain(doc.getCommentText() ?? "")).join("\n\n"),
    tags: docs.flatMap((doc) => doc.getTags().map(writeTag)),
  };
}

function writeTag(tag: JSDocTag): string {
  const text = plain(tag.getCommentText() ?? "").replace(/\n/g, " ");
  if (Node.isJSDocParameterTag(tag)) return `- \`${tag.getName()}\`: ${text}`;
  return tag.getTagName() === "returns" ? `- Returns ${text}` : `- Throws ${text}`;
}

function plain(text: string): string {
  return text.replace(/\{@link ([\w.]+)\}/g, "`$1`").trim();
}

/** What stands at the beginning of a door. */
function doorComment(source: SourceFile): string {
  const [comment = ""] = /^\/\*\*[\s\S]*?\*\//.exec(source.getFullText()) ?? [];
  return comment
    .replace(/^\/\*\*\s*|\s*\*\/$/g, "")
    .replace(/^ \* ?/gm, "")
    .trim();
}

function anchor(name: string): string {
  return name.toLowerCase();
}
