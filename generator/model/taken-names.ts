/** Names of types that would hide what generated code itself uses. */
export const takenTypeNames: ReadonlySet<string> = new Set(
  (
    "Array AsyncIterable Boolean Bytes Call Caller CallOptions ClientLink ClientMethod ClientPush ConnectOptions Date " +
    "DeclaredFailure Error FailureContract Game Map MethodContract ModuleContract ModuleDefinition Mutable Number " +
    "Object Promise PushContract PushTarget Record Rpc Session Set Setup String StubOptions Subscription Uint8Array Unknown UserSession"
  ).split(" "),
);

/** Names that generated code has from TypeScript, in types that it takes over from the IDL. */
export const utilityTypeNames: ReadonlySet<string> = new Set(
  (
    "Capitalize Exclude Extract Lowercase NonNullable Omit Partial Pick Readonly ReadonlyArray ReadonlyMap " +
    "ReadonlySet Required Uncapitalize Uppercase"
  ).split(" "),
);
