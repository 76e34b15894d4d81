/**
 * How values of one type look in JSON. `fromJson` only revives what JSON has no word for (dates, bytes,
 * bigints, absent fields) and leaves alone what does not fit: the codec's `copy` checks afterwards, so
 * that there is one validator and one wording.
 */
export interface JsonForm {
  toJson(value: unknown): unknown;
  fromJson(json: unknown): unknown;
}
