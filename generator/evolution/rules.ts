/** Every kind of change that somebody notices, with what happened. `docs/evolution.md` lists the same. */
export const rules = {
  "removed-method": "the method is gone",
  "internal-method": "the method takes no session any more, so no client reaches it",
  "changed-kind": "what the method answers is of another kind",
  "tightened-access": "fewer may call the method than before",
  "added-parameter": "a required parameter is new",
  "required-parameter": "the parameter was optional",
  "moved-parameter": "the parameter has another place, and arguments travel by place",
  "reused-parameter": "the parameter has the place of one that was removed",
  "removed-parameter": "the parameter is gone",
  "removed-push": "the push is gone",
  "added-field": "a required field is new",
  "required-field": "the field was optional",
  "removed-field": "the field is gone",
  "optional-field": "the field was never absent",
  "moved-field": "the field has another place on the wire",
  "added-member": "the union has a new member",
  "removed-member": "the union has lost a member",
  "added-value": "there are new values",
  "removed-value": "some values are gone",
  "added-null": "it may be null now",
  "removed-null": "it was null at times",
  "changed-absence": "what is both optional and nullable travels in another form",
  narrowed: "fewer values fit than before",
  widened: "there are values that did not fit before",
  "changed-type": "it is of another type",
  "renamed-module": "the module has another name in the source",
  "renamed-method": "the method has another name in the source",
  "renamed-push": "the push has another name in the source",
  "renamed-type": "the type has another name in the source",
  "renamed-field": "the field has another name in the source",
  "renamed-parameter": "the parameter has another name in JSON",
} as const;

export type Rule = keyof typeof rules;

/**
 * Which way a value travels. To the server it is written by shipped clients and read by the new version; to
 * clients it is written by the new version and read by shipped ones.
 */
export type Direction = "toServer" | "toClient";

/** Why a reader does not understand all that a writer may send, and which edit of the IDL that comes from. */
export const misfits = {
  /** The reader needs a field that the writer does not know. */
  unwritten: { toServer: "added-field", toClient: "removed-field" },
  /** The reader needs a field that the writer may leave out. */
  unsureField: { toServer: "required-field", toClient: "optional-field" },
  /** The reader needs an argument that the writer may leave out; only servers read arguments. */
  unsureParameter: { toServer: "required-parameter", toClient: "required-parameter" },
  moved: { toServer: "moved-field", toClient: "moved-field" },
  unknownMember: { toServer: "removed-member", toClient: "added-member" },
  unknownValue: { toServer: "removed-value", toClient: "added-value" },
  unexpectedNull: { toServer: "removed-null", toClient: "added-null" },
  absence: { toServer: "changed-absence", toClient: "changed-absence" },
  range: { toServer: "narrowed", toClient: "widened" },
  kind: { toServer: "changed-type", toClient: "changed-type" },
} as const satisfies Readonly<Record<string, Readonly<Record<Direction, Rule>>>>;

export type Misfit = keyof typeof misfits;
