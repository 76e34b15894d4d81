let isAccepted = false;

/**
 * Lets this thread import TypeScript, and `.js` where a `.ts` stands. Node 20 knows no types, and later ones
 * do not look for the `.ts`. Where this file is TypeScript itself, what runs it has done so.
 */
export async function acceptTypeScript(): Promise<void> {
  if (isAccepted || import.meta.url.endsWith(".ts")) return;
  isAccepted = true;
  const { register } = await import("tsx/esm/api");
  register();
}
