// Comlink has the types of this file beside another one of the same name.
declare module "comlink/dist/esm/node-adapter.mjs" {
  export { default } from "comlink/dist/esm/node-adapter.js";
}
