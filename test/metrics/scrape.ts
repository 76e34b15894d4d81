/** What a scrape found: by name and labels, the values. */
export interface Scrape {
  readonly text: string;
  /** The value of a metric with those labels, whatever other labels it has; undefined where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

/** Asks for the metrics. */
export async function scrape(address: string): Promise<Scrape> {
  const response = await fetch(`${address}/metrics`);
  if (response.status !== 200) throw new Error(`the metrics were answered with ${response.status}`);
  const text = await response.text();
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = "", value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, of]) => [key, of])),
    value: value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value),
  }));
  return {
    text,
    value: (name, labels = {}) =>
      samples.find(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([key, of]) => sample.labels[key] === of),
      )?.value,
  };
}
