/** Words and imports that no variable of generated code may hide. */
const taken: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield " +
    "value wire at enter leave refuse copyBytes copyUnknown isKey isRecord isText isUnknown maxDepth plainKey takesAt wholeText " +
    "Array BigInt Date Map Math Number Object Set Uint8Array"
  ).split(" "),
);

/** What a variable must not be called, or it hides a codec or a pattern of the file. */
const codecLike = /^(?:(?:write|read|copy)[A-Z_$].*[^_]|pattern\d+)$/;

/** What a variable of a guard must not be called, or it hides a guard. */
const guardLike = /^(?:is|fits)[A-Z_$].*[^_]$/;

/** What most names are, so that Unicode's tables are looked at for the others only. */
const plain = /^[A-Za-z_$][\w$]*$/;

function identifierOf(name: string): string {
  return name.replace(/[^\p{ID_Continue}$]/gu, "_").replace(/^(?=\d)/, "_") || "_";
}

/** Hands out the names of one generated function's variables. */
export class LocalNames {
  readonly #used = new Set<string>();
  readonly #isGuard: boolean;

  /** @param isGuard whether the function calls guards; in others a field such as `isOnline` keeps its name */
  constructor(isGuard = false) {
    this.#isGuard = isGuard;
  }

  /** A name as near to the wanted one as the function has free. */
  take(wanted: string): string {
    let name = plain.test(wanted) ? wanted : identifierOf(wanted);
    while (taken.has(name) || this.#used.has(name) || this.#isCodec(name)) name += "_";
    this.#used.add(name);
    return name;
  }

  #isCodec(name: string): boolean {
    return codecLike.test(name) || (this.#isGuard && guardLike.test(name));
  }
}
