import { once } from "node:events";
import { dirname, resolve, sep } from "node:path";
import { watch } from "chokidar";

export interface WatchOptions {
  readonly folder: string;
  /** Whether an absolute path is one of the files that count. */
  isWanted(path: string): boolean;
  /**
   * Called with the absolute paths of files that were edited, added or removed, and once at the start with
   * none. Not called again before it is done.
   */
  onChange(paths: readonly string[]): Promise<void>;
  /** Called with what `onChange` or the system failed with; watching goes on. */
  onError(error: unknown): void;
}

// An editor that saves a file, or git that changes a branch, touches several files in a moment.
const quietMs = 30;

/** Watches the files of a folder until it is told to stop, and then lets the last call end. */
export async function watchFolder(options: WatchOptions): Promise<{ stop(): Promise<void> }> {
  const { isWanted, onChange, onError } = options;
  const folder = resolve(options.folder);
  // A folder that is watched itself may stay unseen when it was gone for a moment.
  const parent = dirname(folder);
  const isOutside = (path: string) => path !== parent && path !== folder && !path.startsWith(folder + sep);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(parent, {
    ignoreInitial: true,
    ignored: (path, stats) => isOutside(resolve(path)) || (stats?.isFile() === true && !isWanted(path)),
  });
  const ready = once(watcher, "ready");
  const flush = async () => {
    const paths = [...changed];
    changed.clear();
    if (paths.length > 0) await onChange(paths);
  };
  let running = ready.then(() => onChange([])).catch(onError);
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(flush).catch(onError);
    }, quietMs);
  });
  watcher.on("error", onError);
  await running;
  return {
    async stop() {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
