import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { defaultGatewayLimits } from "../../runtime/config/gateway-limits.js";
import { refusalReasons } from "../../runtime/gateway/refusal-reason.js";

// `UPDATE_DOCS=1 npx vitest run test/docs` writes the tables anew.
const url = new URL("../../docs/gateway.md", import.meta.url);
const source = readFileSync(new URL("../../runtime/config/gateway-limits.ts", import.meta.url), "utf8");
const limits = [...source.matchAll(/\/\*\* (.+) Default:? (.+)\. \*\/\n {2}readonly (\w+): number;/g)].map(
  ([, what = "", value = "", name = ""]) => ({ name, value, what }),
);

it("every limit tells its default, and tells it truly", () => {
  expect(limits.map(({ name }) => name)).toEqual(Object.keys(defaultGatewayLimits));
  const told = limits.filter(({ value }) => /^[\d,]+$/.test(value));
  const defaults: Readonly<Record<string, number>> = { ...defaultGatewayLimits };
  expect(
    Object.fromEntries(told.map(({ name, value }) => [name, Number(value.replaceAll(",", ""))])),
  ).toEqual(Object.fromEntries(told.map(({ name }) => [name, defaults[name]])));
});

it.each([
  [
    "limits",
    ["| limit | default | |", "|---|---|---|"],
    limits.map(({ name, value, what }) => `| \`${name}\` | ${value} | ${what.replace(/\.$/, "")} |`),
  ],
  [
    "reasons",
    ["| `reason` | what the log says |", "|---|---|"],
    Object.entries(refusalReasons).map(([reason, text]) => `| \`${reason}\` | ${text} |`),
  ],
])("docs/gateway.md lists the %s that there are", (name, head, rows) => {
  const text = readFileSync(url, "utf8");
  const mark = `<!-- table of ${name} -->\n`;
  const fresh = text.replace(
    new RegExp(`${mark}(?:\n(?:\\|.*\n)+)?`),
    () => `${mark}\n${[...head, ...rows].join("\n")}\n`,
  );
  if (process.env.UPDATE_DOCS === "1") writeFileSync(url, fresh);
  expect(text).toContain(mark);
  expect(readFileSync(url, "utf8")).toBe(fresh);
});
