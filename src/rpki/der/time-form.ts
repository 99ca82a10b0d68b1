/**
 * UTCTime in DER (X.690 §11.8, docs/decisions/rpki-objects.md D-time-form): `YYMMDDhhmmssZ`; 50 to 99 are years of the
 * 20th century (RFC 5280 §4.1.2.5.1).
 */
export function isDerUtcTime(text: string): boolean {
  return /^\d{12}Z$/.test(text) && exists(`${text < '50' ? '20' : '19'}${text}`);
}

/** GeneralizedTime in DER (X.690 §11.7): `YYYYMMDDhhmmssZ`, perhaps a fraction that does not end in 0. */
export function isDerGeneralizedTime(text: string): boolean {
  return /^\d{14}(\.\d*[1-9])?Z$/.test(text) && exists(text);
}

/** Whether `YYYYMMDDhhmmss…` is a day of the calendar and a time of that day; there are no leap seconds. */
function exists(text: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const milliseconds = Date.parse(iso);
  // Date.parse takes 24:00:00 and the 31st of a shorter month for a time of the next day.
  return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === iso;
}
