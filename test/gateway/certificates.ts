import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Certificates that one authority has signed, in a folder of their own. */
export interface Certificates extends Disposable {
  readonly ca: string;
  readonly server: Files;
  /** Another one for the same server. */
  readonly renewed: Files;
  readonly client: Files;
  /** One for a client that nobody has signed but itself. */
  readonly stranger: Files;
}

/** The paths of a certificate and its key. */
export interface Files {
  readonly cert: string;
  readonly key: string;
}

/** Has openssl make them. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "antwire-certificates-"));
  const run = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const sign = (name: string): Files => {
    run("req", ...ec, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
    run("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.crt`, ...by);
    return filesOf(name);
  };
  const signItself = (name: string): Files => {
    const to = ["-keyout", `${name}.key`, "-out", `${name}.crt`, "-subj", `/CN=${name}`, "-days", "2"];
    run("req", "-x509", ...ec, ...to);
    return filesOf(name);
  };
  const filesOf = (name: string) => ({ cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) });
  return {
    ca: signItself("ca").cert,
    server: sign("server"),
    renewed: sign("renewed"),
    client: sign("client"),
    stranger: signItself("stranger"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** What is in the files. */
export function readFiles({ cert, key }: Files): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

/** Puts one certificate where another was. */
export function replaceFiles(old: Files, by: Files): void {
  copyFileSync(by.cert, old.cert);
  copyFileSync(by.key, old.key);
}
