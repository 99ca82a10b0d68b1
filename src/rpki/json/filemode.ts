import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readAspa } from './aspa-record.js';
import { isJsonObject, type JsonObject } from './members.js';
import { readVrp } from './vrp-record.js';

/** The members of a filemode object that are looked at. */
export const FILEMODE_NAMES: ReadonlySet<string> = new Set([
  'type',
  'validation',
  'expires',
  'customer_asid',
  'providers',
  'provider_set',
  'provider_asids',
  'vrps',
]);

/**
 * Takes the payloads of one signed object as rpki-client's filemode (`rpki-client -j -f FILE`) prints it. False when the
 * object is not of that kind. An object that its validator does not call valid contributes
 * nothing (docs/decisions/rpki-files.md D-filemode-validation).
 */
export function readFilemode(object: JsonObject, collector: Collector): boolean {
  const { validation } = object;
  const type = typeof object.type === 'string' ? object.type : '';
  const isAspa = type === 'aspa' || object.customer_asid !== undefined;
  if (!isAspa && type === '') return false;
  try {
    if (validation !== undefined && validation !== 'OK') {
      throw new DecodeError(
        'validation-failed',
        `the object is not valid: ${String(validation).slice(0, 60)}`,
      );
    }
    if (isAspa) collector.add('aspas', readAspa(object), 'aspa');
    else if (type === 'roa') readRoa(object, collector);
    else
      throw new DecodeError(
        'no-payload',
        `an object of type ${JSON.stringify(type.slice(0, 40))} holds no payload`,
      );
  } catch (error) {
    collector.skip(error, 'filemode');
  }
  return true;
}

function readRoa({ vrps, expires }: JsonObject, collector: Collector): void {
  if (!Array.isArray(vrps)) throw new DecodeError('vrps-syntax', 'vrps is an array', { field: 'vrps' });
  const scan = createPrefixScanner();
  for (const [index, vrp] of vrps.entries()) {
    try {
      if (!isJsonObject(vrp)) throw new DecodeError('record-syntax', 'a record is an object');
      collector.add('vrps', readVrp({ ...vrp, expires }, scan), 'vrps', index);
    } catch (error) {
      collector.skip(error, 'vrps', index);
    }
  }
}
