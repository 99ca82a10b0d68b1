import { DecodeError } from '../bytes/index.js';

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|\+00:00)?$/;

/**
 * A UTC time in text, `2026-09-16T00:00:00Z` (RFC 3339) or `2026-09-16 00:00:00`, in seconds since 1970.
 *
 * @throws {DecodeError} `time-syntax`.
 */
export function readTime(value: unknown, field = 'time'): number {
  const match = typeof value === 'string' ? TIME.exec(value) : null;
  const milliseconds = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new DecodeError('time-syntax', 'a time is a text such as 2026-09-16T00:00:00Z', { field });
  }
  return milliseconds / 1000;
}

/** The time as RFC 3339 text in UTC, to the second. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
