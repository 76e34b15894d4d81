import { type Server, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Refusals } from "./refusals.js";

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers requests that are no HTTP, or that take too long, and closes their connections. */
export function answerFaults(
  server: Server,
  refusals: Refusals,
  addressOf: (socket: Socket) => string,
): void {
  server.on("clientError", (error: NodeJS.ErrnoException, stream) => {
    const { code = "" } = error;
    const address = stream instanceof Socket ? addressOf(stream) : "";
    // Who goes away has violated nothing.
    if (code === "ERR_HTTP_REQUEST_TIMEOUT") refusals.note("connect-time", address);
    else if (code.startsWith("HPE_")) refusals.note("http", address, { error: code });
    if (stream.writable) endWith(stream, statuses[code] ?? 400);
    else stream.destroy();
  });
}

/** Answers without a body and closes, also where the client keeps its half open. */
export function endWith(stream: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}`;
  stream.end(`${head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}
