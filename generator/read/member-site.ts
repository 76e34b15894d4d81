import type { Site } from "./read-context.js";

/** The site of a member, a parameter or a field: what has no name inside is named after it. */
export function memberSite(site: Site, name: string, own: Partial<Site>): Site {
  return {
    ...site,
    anonymousName: site.anonymousName + capitalise(name),
    lockStem: site.lockStem + capitalise(name),
    ...own,
  };
}

/** The site of what the lock knows by another name than the source. */
export function asBefore(site: Site, name: string, was: string | undefined): Site {
  if (was === undefined) return site;
  return { ...site, lockStem: site.lockStem.slice(0, -name.length) + capitalise(was) };
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
