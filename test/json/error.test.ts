import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { nestsDeeper } from "../../runtime/json/depth.js";
import { writeJsonError } from "../../runtime/json/error.js";

test("an error has a code, a message and the details of its code", () => {
  expect(writeJsonError(new RpcError("not-found", "no"))).toEqual({
    error: { code: "not-found", message: "no" },
  });
  expect(
    writeJsonError(
      new RpcError("invalid-argument", "no", { details: { path: "a.b", expected: "a string" } }),
    ),
  ).toEqual({
    error: { code: "invalid-argument", message: "no", details: { path: "a.b", expected: "a string" } },
  });
  expect(writeJsonError(new RpcError("resource-exhausted", "no", { details: { retryAfterMs: 5 } }))).toEqual({
    error: { code: "resource-exhausted", message: "no", details: { retryAfterMs: 5 } },
  });
  expect(writeJsonError(new RpcError("internal", "no", { details: { path: "a" } }))).toEqual({
    error: { code: "internal", message: "no" },
  });
});

test("a declared failure has its name and its fields", () => {
  expect(writeJsonError(new RpcError("failed", "no"), { type: "RoomFull", fields: { capacity: 5 } })).toEqual(
    { error: { code: "failed", message: "no", details: { type: "RoomFull", capacity: 5 } } },
  );
  expect(
    writeJsonError(new RpcError("failed", "no", { details: { type: "RoomFull", fields: [5] } })),
  ).toEqual({
    error: { code: "failed", message: "no", details: { type: "RoomFull" } },
  });
});

test("depth counts brackets outside of strings", () => {
  expect(nestsDeeper("[[1],{}]", 2)).toBe(false);
  expect(nestsDeeper("[[1],{}]", 1)).toBe(true);
  expect(nestsDeeper('["[[[", "\\"[[["]', 1)).toBe(false);
  expect(nestsDeeper('["\\\\", [["]"]]]', 2)).toBe(true);
  expect(nestsDeeper(`${"[]".repeat(500)}`, 1)).toBe(false);
});
