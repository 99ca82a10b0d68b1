import { ERROR_CODE } from './pdu/error-code.js';
import type { RtrVersion } from './pdu/format.js';
import { RtrError } from './pdu/rtr-error.js';

// What is wrong with a payload PDU in the light of the others (8210bis §11). `what` names its kind.

/** An announcement of what is active already: error 7. */
export function duplicate(what: string): RtrError {
  return new RtrError(
    ERROR_CODE.duplicateAnnouncementReceived,
    'rtr-duplicate',
    `announcement of a ${what} that is active already`,
  );
}

/** A withdrawal of what is not active: error 6. */
export function unknownWithdrawal(what: string): RtrError {
  return new RtrError(
    ERROR_CODE.withdrawalOfUnknownRecord,
    'rtr-unknown-withdrawal',
    `withdrawal of a ${what} that is not active`,
  );
}

/**
 * A second withdrawal in one response: error 7 in version 2 (8210bis §5.3), else a record that is not there
 * (docs/decisions/rtr.md D-rtr-repeated-withdrawal).
 */
export function repeatedWithdrawal(version: RtrVersion, what: string): RtrError {
  if (version < 2) return unknownWithdrawal(what);
  return new RtrError(
    ERROR_CODE.duplicateAnnouncementReceived,
    'rtr-duplicate',
    `second withdrawal of a ${what} in one response`,
  );
}

/** The answer to a Reset Query only announces (§5.5; docs/decisions/rtr.md D-rtr-withdrawal-in-reset). */
export function withdrawalInReset(active: boolean): RtrError {
  if (!active) return unknownWithdrawal('record');
  return new RtrError(
    ERROR_CODE.corruptData,
    'rtr-withdrawal-in-reset',
    'the answer to a Reset Query withdraws a record',
  );
}
