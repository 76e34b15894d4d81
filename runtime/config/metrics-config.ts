/** Where a process tells how it is: `/metrics` for Prometheus, `/healthz` and `/readyz`. */
export interface MetricsConfig {
  /** The port; 0 for any free one. */
  readonly port: number;
  /** The address to listen on; default `127.0.0.1`. */
  readonly host?: string;
}
