import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import type { Logger } from "../module/logger.js";
import { contentType } from "./content-type.js";
import { readPagePath } from "./page-path.js";

// Scripts come from the page's own files only. Styles may be inline, as many a library for the browser
// sets them; sockets may go anywhere, because the game server need not be where the page is.
const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join("; ");

const headers = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

/** Serves the files of a folder; without one, nothing is found. */
export function servePage(folder: string | URL | undefined, log: Logger): RequestListener {
  const root = folder instanceof URL || folder?.startsWith("file:") ? fileURLToPath(folder) : folder;
  return (request, response) => {
    answer(request, response, root).catch((error: unknown) => {
      // The client went away, or the file did: there is nothing left to answer with.
      log.debug({ err: error, url: request.url }, "A file was not served");
      response.destroy();
    });
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string | undefined,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return sendText(response, 405, "Method not allowed\n");
  }
  const path = readPagePath(request.url ?? "");
  if (root === undefined || path === undefined) return sendText(response, 404, "Not found\n");
  const file = await openFile(join(root, path));
  if (file === undefined) return sendText(response, 404, "Not found\n");
  try {
    const { size, mtimeMs } = await file.stat();
    const tag = `W/"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`;
    response.setHeader("ETag", tag);
    // Kept, but asked for again: the page of a new version is seen at the next visit.
    response.setHeader("Cache-Control", "no-cache");
    if (request.headers["if-none-match"]?.includes(tag)) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { "Content-Type": contentType(path), "Content-Length": size });
    // Of a file that grows meanwhile, what was announced.
    if (request.method === "HEAD" || size === 0) response.end();
    else await pipeline(file.createReadStream({ end: size - 1, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(text);
}

const absent: ReadonlySet<unknown> = new Set(["EACCES", "EISDIR", "ENAMETOOLONG", "ENOENT", "ENOTDIR"]);

/** Opens a file to read; undefined where there is none. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    const file = await open(path);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && absent.has(error.code)) return undefined;
    throw error;
  }
}
