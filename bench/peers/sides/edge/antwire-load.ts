import { deepEqual } from "node:assert/strict";
import { connect } from "../../../generated/client.js";
import { answer } from "../../../harness/answer.js";
import { badProfiles, type Checks } from "../../harness/assert-job.js";
import { overConnections } from "../../harness/load.js";
import { refusedByServer } from "./antwire-refusals.js";

const load = overConnections(async (url) => {
  // No signs of life between the calls: they would be in the way of a recording.
  const game = await connect(url, { keepAlive: 0xffff });
  return (profile) => game.bench.echo(profile);
});

/** The client refuses what does not fit before it sends it, so the server is asked beside it. */
async function check({ checks, address }: { checks: Checks; address: { mqtt: string } }): Promise<void> {
  await load.check({ checks });
  const bad = badProfiles(checks);
  deepEqual(await refusedByServer(Number(new URL(address.mqtt).port), bad), bad);
}

answer({ ...load, check });
