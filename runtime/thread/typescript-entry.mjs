// On Node 20 the loaders that `--import tsx` registers in the main thread do not reach workers, and what tsx
// does when it is imported again there does not either. Its API does.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.entry);
