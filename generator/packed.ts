// The package has compiled files only. What runs there works for a project that has installed it; what runs here,
// as TypeScript, works for this repository, whose code reaches the runtime by relative paths.
export const isPacked = import.meta.url.endsWith(".js");
