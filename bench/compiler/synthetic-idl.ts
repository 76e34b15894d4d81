/** A synthetic IDL: files by their names, as large applications would have them. */
export interface SyntheticSize {
  readonly modules: number;
  /** Data types of each module's file. */
  readonly types: number;
}

/**
 * Writes interface files of every kind that games have: state, events told apart by a tag, pages of a
 * generic type, constraints, enums, maps, failures. Ten files each make a group, whose first file the others
 * import; and the first of all files is imported by all.
 */
export function writeSyntheticIdl({ modules, types }: SyntheticSize): Map<string, string> {
  const files = new Map<string, string>();
  for (let module = 0; module < modules; module++) files.set(`m${module}.d.ts`, writeFile(module, types));
  return files;
}

function writeFile(module: number, types: number): string {
  const before = [...new Set([0, module - (module % 10)])].filter((other) => other < module);
  const imports = before.map((other) => `import type { M${other}T0 } from "./m${other}.js";`);
  const others = before.map((other) => `M${other}T0`);
  const declarations = Array.from({ length: types }, (_, type) => writeType(`M${module}T`, type, others));
  return [
    'import type { Failure, float32, MaxItems, MaxLength, MinLength, Push, Session, uint16, uint32, UserSession } from "antwire/idl";',
    ...imports,
    "",
    ...declarations,
    writeModule(module),
    "",
  ].join("\n");
}

function writeType(prefix: string, index: number, others: readonly string[]): string {
  const name = `${prefix}${index}`;
  const earlier = `${prefix}${Math.max(0, index - 1)}`;
  const head = `/** What ${name} holds, as people who read the generated code see it. */\n`;
  switch (index % 10) {
    case 0: {
      const more = others.map((other, at) => `  other${at}?: ${other};\n`).join("");
      return `${head}export interface ${name} {\n  id: uint32;\n  /** Shown to players. */\n  name: string & MinLength<1> & MaxLength<40>;\n  x: float32;\n  y: float32;\n  since: Date;\n  online: boolean;\n${more}}\n`;
    }
    case 1:
      return `${head}export type ${name} = "small" | "medium" | "large";\n`;
    case 2:
      return `${head}export declare enum ${name} { Idle, Moving, Fighting = 10, Gone }\n`;
    case 3:
      return `${head}export interface ${name} { kind: "moved"; from: [x: float32, y: float32]; to: [x: float32, y: float32] }\n`;
    case 4:
      return `${head}export interface ${name} { kind: "said"; /** @maxLength 200 */ text: string; to?: uint32 | null }\n`;
    case 5:
      return `${head}export type ${name} = ${prefix}${index - 1} | ${prefix}${index - 2};\n`;
    case 6:
      return `${head}export interface ${name}<T> { items: T[] & MaxItems<50>; next?: string; total: uint32 }\n`;
    case 7:
      return `${head}export interface ${name} extends Failure { capacity: uint16; state: ${prefix}${index - 5} }\n`;
    case 8:
      return `${head}export interface ${name} { owner: ${prefix}${index - 8}; size: ${prefix}${index - 7}; parts: Record<string, uint16>; children: ${name}[] & MaxItems<8>; tags: Set<string>; counts: Map<uint32, float32> }\n`;
    default:
      return `${head}export interface ${name} { page: ${prefix}${index - 3}<${earlier}>; events: ${prefix}${index - 4}[]; changed: Partial<Pick<${prefix}${index - 9}, "name" | "x" | "y">>; data: Uint8Array }\n`;
  }
}

function writeModule(module: number): string {
  const type = (index: number) => `M${module}T${index}`;
  return `/** Module ${module} of the synthetic application. */
export interface Module${module} {
  /** Enters. @throws {${type(7)}} */
  enter(session: UserSession, /** @maxLength 40 */ room: string): Promise<${type(0)}>;
  /** One page. */
  list(session: Session, from: uint32, size?: ${type(1)}): Promise<${type(9)}>;
  /** Nobody waits for it. */
  act(session: UserSession, event: ${type(5)}): void;
  /** For other modules. @timeout 2s */
  build(owner: ${type(0)}, parts: ${type(8)}): Promise<${type(8)} | null>;
  /** Pushed to those who entered. */
  readonly happened: Push<${type(5)}>;
}`;
}
