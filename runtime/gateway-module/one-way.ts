import type { Completion } from "../call/dispatcher.js";
import type { RemoteModule } from "../call/router.js";
import type { MethodContract } from "../contract/method.js";

/** Makes a one-way call to wherever the remote is. */
export function sendOneWay(remote: RemoteModule, method: MethodContract, args: readonly unknown[]): void {
  remote.open({ method, session: undefined, args, timeout: undefined }, unheard).start();
}

// One-way calls that go to another node have no outcome.
const unheard: Completion = { succeed() {}, fail() {} };
