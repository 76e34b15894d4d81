import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
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

/** Milliseconds between two looks whether the folder is there at all. */
const lookMs = 250;

/** Watches the files of a folder until it is told to stop, and then lets the last call end. */
export async function watchFolder(options: WatchOptions): Promise<{ stop(): Promise<void> }> {
  const { isWanted, onChange, onError } = options;
  const folder = resolve(options.folder);
  const parent = dirname(folder);
  const isOutside = (path: string) => path !== parent && path !== folder && !path.startsWith(folder + sep);
  const list = () =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter(isWanted);
  const changed = new Set<string>();
  const known = new Set(existsSync(folder) ? list() : []);
  let timer: NodeJS.Timeout | undefined;
  const open = () => {
    // With the parent: a folder that is watched itself may stay unseen when it was gone for a moment.
    const watcher = watch(parent, {
      ignoreInitial: true,
      ignored: (path, stats) => isOutside(resolve(path)) || (stats?.isFile() === true && !isWanted(path)),
    });
    watcher.on("all", (event, path) => {
      if (event !== "addDir" && event !== "unlinkDir") note(path);
    });
    watcher.on("error", onError);
    return watcher;
  };
  let watcher = open();
  const ready = once(watcher, "ready");
  const flush = async () => {
    const paths = [...changed];
    changed.clear();
    if (paths.length > 0) await onChange(paths);
  };
  let running = ready.then(() => onChange([])).catch(onError);
  function note(path: string): void {
    known.add(path);
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(flush).catch(onError);
    }, quietMs);
  }
  // Under load chokidar misses a folder that goes as a whole, and that it has come back.
  let isThere = existsSync(folder);
  const look = setInterval(() => {
    if (existsSync(folder) === isThere) return;
    isThere = !isThere;
    for (const path of isThere ? list() : known) note(path);
    if (!isThere) return;
    void watcher.close().catch(onError);
    watcher = open();
  }, lookMs);
  await running;
  return {
    async stop() {
      clearInterval(look);
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
