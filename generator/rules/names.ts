/** Words that no generated function, class or variable can have as its name. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/** How the framework's own modules are called: they are on the same topics and queues as a game's. */
export const frameworkPrefix = "Antwire";

/** Names of modules that the generated application object needs for itself. */
export const takenModuleNames: ReadonlySet<string> = new Set(["State", "On", "Close", "Constructor"]);

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
