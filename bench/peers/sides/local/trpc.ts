import { answer } from "../../../harness/answer.js";
import { oneByOne } from "../../harness/load.js";
import { createCaller } from "../trpc.js";

const caller = createCaller({});

answer({ open() {}, ...oneByOne((profile) => caller.echo(profile)) });
