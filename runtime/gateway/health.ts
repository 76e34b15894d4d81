import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** What keeps a process from serving players, in a few words; undefined where nothing does. */
export type Readiness = () => string | undefined;

/**
 * Answers balancers: `/healthz` whether the process runs, `/readyz` whether it is to get players. All other
 * requests go on.
 */
export function answerHealth(readiness: Readiness, others: RequestListener): RequestListener {
  return (request, response) => {
    switch (request.url?.split("?", 1)[0]) {
      case "/healthz":
        return tell(request, response, undefined);
      case "/readyz":
        return tell(request, response, readiness());
      default:
        return others(request, response);
    }
  };
}

function tell(request: IncomingMessage, response: ServerResponse, trouble: string | undefined): void {
  const text = `${trouble ?? "ok"}\n`;
  response.writeHead(trouble === undefined ? 200 : 503, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : text);
}
