import {
  Histogram,
  type MetricObjectWithValues,
  type MetricType,
  type MetricValueWithName,
  type Registry,
} from "prom-client";
import { type MethodTally, timeBounds } from "../gateway/call-tally.js";

type Values = MetricObjectWithValues<MetricValueWithName<"method" | "le">>;

/** How long calls took, as the gateway has counted it: prom-client's own counting costs more than many a call. */
export class CallTimes extends Histogram<"method" | "le"> {
  readonly #name: string;
  readonly #help: string;
  readonly #read: () => readonly MethodTally[];

  constructor(name: string, help: string, read: () => readonly MethodTally[], registry: Registry) {
    super({ name, help, labelNames: ["method"], registers: [registry] });
    this.#name = name;
    this.#help = help;
    this.#read = read;
  }

  override async get(): Promise<Values> {
    const values: MetricValueWithName<"method" | "le">[] = [];
    for (const { method, times, sum } of this.#read()) {
      if (method === "") continue;
      let count = 0;
      for (const [i, bound] of [...timeBounds, Number.POSITIVE_INFINITY].entries()) {
        count += times[i] ?? 0;
        const le = bound === Number.POSITIVE_INFINITY ? "+Inf" : bound / 1_000;
        values.push({ metricName: `${this.#name}_bucket`, labels: { method, le }, value: count });
      }
      values.push({ metricName: `${this.#name}_sum`, labels: { method }, value: sum / 1_000 });
      values.push({ metricName: `${this.#name}_count`, labels: { method }, value: count });
    }
    return {
      name: this.#name,
      help: this.#help,
      // A word at run time, and an enum of numbers in prom-client's types.
      type: "histogram" as unknown as MetricType.Histogram,
      values,
      aggregator: "sum",
      collect() {},
    };
  }

  /** What the registry calls where a histogram has it, as its base class does. */
  getForPromString(): Promise<Values> {
    return this.get();
  }
}
