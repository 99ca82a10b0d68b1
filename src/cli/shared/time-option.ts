import { InvalidArgumentError } from 'commander';

/** A point in time of an option, as seconds since 1970 UTC: seconds, or the text of RFC 3339. */
export function parseTime(text: string): number {
  const seconds = /^[0-9]{1,12}$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  if (!Number.isFinite(seconds))
    throw new InvalidArgumentError('Seconds since 1970 UTC, or an RFC 3339 time.');
  return Math.floor(seconds);
}

/** As {@link parseTime}, or `routes`: the times of the routes themselves. */
export function parseTimeOrRoutes(text: string): number | 'routes' {
  return text === 'routes' ? text : parseTime(text);
}

/** The time in the form of RFC 3339, without fractions. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
