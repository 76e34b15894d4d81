/** The forms that generated code puts together, under one name: `json.array(json.date)`. */

export { anything } from "./anything.js";
export { bigint } from "./bigint.js";
export { bytes } from "./bytes.js";
export { array, record, tuple } from "./collections.js";
export { date } from "./date.js";
export { map, set } from "./keyed.js";
export { lazy } from "./lazy.js";
export { object } from "./object.js";
export { nullable, optional } from "./optional.js";
export { plain } from "./plain.js";
export { renamed } from "./renamed.js";
export { discriminated, union } from "./union.js";
