/** The door for tests of applications. It knows no test runner, and works with any. */
export type { LogEntry } from "./captured-log.js";
export type { Fakes } from "./fakes.js";
export { type Received, received } from "./received.js";
export {
  type ClockControl,
  type TestApp,
  type TestClientOptions,
  type TestOptions,
  testApp,
  testModule,
} from "./test-app.js";
