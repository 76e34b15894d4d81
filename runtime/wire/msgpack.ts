import { Packr } from "msgpackr";

// Plain MessagePack that any library reads: no records, no structured-clone extensions. 64-bit integers
// come back as numbers where they are safe integers and as bigint elsewhere, so that each codec can take
// either. Changing an option here changes the wire.
const packr = new Packr({
  useRecords: false,
  // Small maps in their small form, as every other MessagePack library writes them.
  variableMapSize: true,
  mapsAsObjects: true,
  structuredClone: false,
  moreTypes: false,
  // The option is documented and implemented; msgpackr's own types forgot it.
  int64AsType: "auto" as "number",
});

/** The value, which a codec wrote, as MessagePack. The bytes are the caller's own. */
export function pack(value: unknown): Uint8Array {
  return packr.pack(value);
}

/** What the bytes say. Bytes from a client pass the scan first. */
export function unpack(bytes: Uint8Array): unknown {
  return packr.unpack(bytes);
}
