/** A set-up that did not return all methods of its module: what a compiler says too, and so needs no stack. */
export class MissingMethods extends Error {
  override get name(): string {
    return "MissingMethods";
  }
}
