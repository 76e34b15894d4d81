/** Words that no generated function, class or variable can have as its name. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/** Names of types that would hide what generated code itself uses. */
export const takenTypeNames: ReadonlySet<string> = new Set(
  (
    "Array AsyncIterable Boolean Bytes Call Caller CallOptions ClientLink ClientMethod ClientPush ConnectOptions Date " +
    "DeclaredFailure Error FailureContract Game Map MethodContract ModuleContract ModuleDefinition Mutable Number " +
    "Object Promise PushContract PushTarget Record Rpc Session Set Setup String Subscription Uint8Array Unknown UserSession"
  ).split(" "),
);

/** Names of modules that the framework or the generated application object needs for itself. */
export const takenModuleNames: ReadonlySet<string> = new Set([
  "Antwire",
  "State",
  "OnState",
  "Close",
  "Constructor",
]);

/** Names of methods and pushes that JavaScript gives a meaning of its own on any object. */
export const takenMemberNames: ReadonlySet<string> = new Set([
  "then", // An object with it is a promise to `await`.
  "constructor",
  "__proto__",
  "prototype",
]);

/** Fields that every error has. */
export const errorFields: ReadonlySet<string> = new Set([
  "name",
  "message",
  "stack",
  "cause",
  "code",
  "details",
  "type",
]);
