import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPagePath } from "../../runtime/gateway/page-path.js";
import { startApplication } from "./application.js";

let outside: string;
let page: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "antwire-page-"));
  page = join(outside, "page");
  await mkdir(join(page, "sub"), { recursive: true });
  await writeFile(join(outside, "secret.txt"), "secret");
  await writeFile(join(page, "index.html"), "<!doctype html><title>Ants</title>");
  await writeFile(join(page, "main.js"), "console.log(1)");
  await writeFile(join(page, "sub", "index.html"), "sub");
  await writeFile(join(page, "a b.txt"), "ä");
  await writeFile(join(page, ".hidden"), "hidden");
  await writeFile(join(page, "empty.txt"), "");
});

afterAll(() => rm(outside, { recursive: true }));

/** A request whose path goes out as it is written. */
function get(
  base: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      request(base, { path, ...options }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text) => {
          body += text;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
      })
        .on("error", reject)
        .end();
    },
  );
}

test.each([
  ["/", 200, "text/html; charset=utf-8", "<!doctype html><title>Ants</title>"],
  ["/index.html?x=1", 200, "text/html; charset=utf-8", "<!doctype html><title>Ants</title>"],
  ["/main.js", 200, "text/javascript; charset=utf-8", "console.log(1)"],
  ["/sub/", 200, "text/html; charset=utf-8", "sub"],
  ["/a%20b.txt", 200, "text/plain; charset=utf-8", "ä"],
  ["/empty.txt", 200, "text/plain; charset=utf-8", ""],
  ["/sub", 404, "text/plain; charset=utf-8", "Not found\n"],
  ["/none", 404, "text/plain; charset=utf-8", "Not found\n"],
])("GET %s", async (path, status, type, body) => {
  await using app = await startApplication({ page });
  const response = await get(app.http, path);
  expect([response.status, response.headers["content-type"], response.body]).toEqual([status, type, body]);
});

test.each([
  "/../secret.txt",
  "/sub/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e%2fsecret.txt",
  "/..%5csecret.txt",
  "//secret.txt",
  "/.hidden",
  "/sub/../.hidden",
  "/index.html%00.txt",
  "/%",
  "/%ff",
  "/main.js/",
  "/main.js/x",
  `/${"a".repeat(5_000)}`,
])("%s is not found", async (path) => {
  await using app = await startApplication({ page: pathToFileURL(page) });
  expect(await get(app.http, path)).toMatchObject({ status: 404, body: "Not found\n" });
});

test("what is not a path of this server names no file", () => {
  expect(["*", "http://other/index.html", "", "index.html"].map(readPagePath)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("HEAD answers without the file, other methods not at all", async () => {
  await using app = await startApplication({ page });
  const head = await get(app.http, "/main.js", { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, body: "", headers: { "content-length": "14" } });
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const response = await get(app.http, "/main.js", { method });
    expect(response).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  }
});

test("a file that has not changed is not sent again", async () => {
  await using app = await startApplication({ page });
  const first = await get(app.http, "/main.js");
  const etag = String(first.headers.etag);
  const second = await get(app.http, "/main.js", { headers: { "if-none-match": etag } });
  expect(second).toMatchObject({ status: 304, body: "" });
  await writeFile(join(page, "main.js"), "console.log(22)");
  const third = await get(app.http, "/main.js", { headers: { "if-none-match": etag } });
  expect(third).toMatchObject({ status: 200, body: "console.log(22)" });
  await writeFile(join(page, "main.js"), "console.log(1)");
});

test("every answer tells the browser what the page may do", async () => {
  await using app = await startApplication({ page });
  for (const path of ["/", "/none"]) {
    const { headers } = await get(app.http, path);
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["content-security-policy"]).not.toMatch(/script-src|unsafe-eval/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

test("without a page nothing is found", async () => {
  await using app = await startApplication();
  expect(await get(app.http, "/")).toMatchObject({ status: 404 });
});

test("a request that never comes to its end is closed", async () => {
  await using app = await startApplication({ page });
  await Promise.all(
    ["", "GET / HTTP/1.1\r\nHost: a\r\nX"].map(
      (text) =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(new URL(app.http).port), "127.0.0.1", () => socket.write(text));
          socket.resume();
          socket.on("error", () => {});
          socket.on("close", () => resolve());
        }),
    ),
  );
});
