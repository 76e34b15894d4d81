import { type ClientWeight, clientWeightBars } from "./weigh-client.js";

/** A line for each weight, with its bar. */
export function describeWeight({ whole, binding }: ClientWeight): string {
  return [
    line("the demo's binding and the client it stands on", whole, clientWeightBars.whole),
    line("the binding alone", binding, clientWeightBars.binding),
  ].join("\n");
}

function line(what: string, bytes: number, bar: number): string {
  const isMet = bytes <= bar;
  return `  ${isMet ? "✓" : "✗"} ${kilobytes(bytes)} ${what} (bar: ${kilobytes(bar)})${isMet ? "" : " MISSED"}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
