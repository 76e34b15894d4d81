import { readFile, stat } from "node:fs/promises";
import type { SecureContextOptions } from "node:tls";
import { fileURLToPath } from "node:url";
import { ConfigError } from "../config/config-error.js";
import type { Pem, TlsConfig } from "../config/tls-config.js";

/** Reads key and certificates, from files where they are in files. Rejects with a `ConfigError` where one cannot be read. */
export async function readPems({ key, cert, ca }: TlsConfig): Promise<SecureContextOptions> {
  return {
    key: await readPem("key", key),
    cert: await readPem("cert", cert),
    ...(ca === undefined ? {} : { ca: await readPem("ca", ca) }),
  };
}

/** Something that is another where a file has changed. */
export async function stampOf({ key, cert, ca }: TlsConfig): Promise<string> {
  const files = [key, cert, ca].map(fileOf).filter((file) => file !== undefined);
  const stats = await Promise.all(files.map((file) => stat(file)));
  return stats.map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`).join("\n");
}

async function readPem(name: string, pem: Pem): Promise<string | Buffer> {
  const file = fileOf(pem);
  if (file === undefined) return pem instanceof Uint8Array ? Buffer.from(pem) : String(pem);
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`\`gateway.tls.${name}\` cannot be read: ${reason}`, { cause });
  }
}

/** The path of a PEM's file; undefined where it is there itself. */
function fileOf(pem: Pem | undefined): string | undefined {
  if (pem === undefined || pem instanceof Uint8Array) return undefined;
  if (pem instanceof URL) return fileURLToPath(pem);
  if (pem.includes("-----BEGIN")) return undefined;
  return pem.startsWith("file:") ? fileURLToPath(pem) : pem;
}
