/** One line for a developer about a port or an address that cannot be had; undefined for any other error. */
export function describeListenError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const port = "port" in error ? String(error.port) : "?";
  const address = "address" in error ? String(error.address) : "?";
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is taken: end what listens there, or choose another one with --http and --mqtt`;
    case "EACCES":
      return `Port ${port} is not for ordinary users: choose another one with --http and --mqtt`;
    case "EADDRNOTAVAIL":
      return `This machine does not have the address ${address}: choose another one with --host`;
    default:
      return undefined;
  }
}
