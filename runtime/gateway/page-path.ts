/**
 * The path of a file inside the page's folder that a URL names, without a slash in front; undefined where
 * the URL names none. Hidden files are none, which also keeps `..` out.
 */
export function readPagePath(url: string): string | undefined {
  const segments: string[] = [];
  const path = url.split(/[?#]/, 1)[0] ?? "";
  if (!path.startsWith("/")) return undefined;
  for (const encoded of path.slice(1).split("/")) {
    const segment = decode(encoded);
    // A decoded slash or backslash would be a separator to the file system, and NUL its end.
    if (segment === undefined || segment.startsWith(".") || /[/\\\0]/.test(segment)) return undefined;
    segments.push(segment);
  }
  if (segments.at(-1) === "") segments.splice(-1, 1, "index.html");
  return segments.includes("") ? undefined : segments.join("/");
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
