import { type DiagnosticCode, diagnosticCodes } from "../model/diagnostic-codes.js";

/** The long form of a diagnostic, as `docs/errors.md` has it. */
export interface Explanation {
  readonly code: string;
  readonly text: string;
  readonly before: Example;
  readonly after: Example;
}

export interface Example {
  /** `ts`, or `sh` where it is not about what an interface file says. */
  readonly language: string;
  readonly source: string;
}

const section =
  /^## (IDL\d{4})\n\n(.*?)\n\nBefore:\n\n```(\w+)\n(.*?)```\n\nAfter:\n\n```(\w+)\n(.*?)```$/gms;

/** Reads the long forms from the text of `docs/errors.md`. */
export function readExplanations(document: string): Explanation[] {
  return [...document.replaceAll("\r\n", "\n").matchAll(section)].map((match) => {
    const [, code = "", text = "", languageBefore = "", before = "", languageAfter = "", after = ""] = match;
    return {
      code,
      text,
      before: { language: languageBefore, source: before },
      after: { language: languageAfter, source: after },
    };
  });
}

/** The long form as a terminal shows it. */
export function formatExplanation({ code, text, before, after }: Explanation): string {
  const title = isCode(code) ? diagnosticCodes[code] : "";
  const examples = [`Before:\n\n${indent(before.source)}`, `After:\n\n${indent(after.source)}`];
  return [`${code}: ${title}`, text, ...examples].join("\n\n");
}

/** A code as people type it or take it from a report: `IDL1108`, `idl1108`, `1108`, `IDL1108:`. */
export function normalizeCode(typed: string): string {
  const upper = typed.toUpperCase().replace(/:$/, "");
  return /^\d+$/.test(upper) ? `IDL${upper}` : upper;
}

export function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, code);
}

function indent(source: string): string {
  return source.trimEnd().replace(/^(?=.)/gm, "    ");
}
