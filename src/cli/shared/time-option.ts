import { InvalidArgumentError } from 'commander';

/** A point in time of an option, as seconds since 1970 UTC: seconds, or the text of RFC 3339. */
export function parseTime(text: string): number {
  const seconds = /^[0-9]{1,12}$/.test(text) ? Number(text) : secondsOf(text);
  if (!Number.isFinite(seconds))
    throw new InvalidArgumentError('Seconds since 1970 UTC, or an RFC 3339 time.');
  return Math.floor(seconds);
}

/** A date, or a date with time and offset (RFC 3339 §5.6): what else `Date.parse` takes differs from engine to engine. */
const RFC_3339 = /^\d{4}-\d\d-\d\d(?:[Tt ](?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

function secondsOf(text: string): number {
  // The 30th of February is no day, where `Date.parse` takes it for one of March.
  const day = text.slice(0, 10);
  const isDay = RFC_3339.test(text) && formatDay(Date.parse(day)) === day;
  return isDay ? Date.parse(text.toUpperCase()) / 1000 : Number.NaN;
}

function formatDay(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
}

/** As {@link parseTime}, or `routes`: the times of the routes themselves. */
export function parseTimeOrRoutes(text: string): number | 'routes' {
  return text === 'routes' ? text : parseTime(text);
}

/** The time in the form of RFC 3339, without fractions. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
