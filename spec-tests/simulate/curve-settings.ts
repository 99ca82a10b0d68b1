import { type CurveSettings, PLAIN_ATTACKS, POLICY_NAMES, readAttack, readMechanism } from 'pathsec/simulate';

/** A study of every attack and mechanism on little, but for what is given. */
export const settingsOf = (given: Partial<CurveSettings> = {}): CurveSettings => ({
  attacks: PLAIN_ATTACKS.map(readAttack),
  mechanisms: ['none', ...POLICY_NAMES, 'rov+otc', 'aspa+pathEnd', 'aspa+otc+peerlockLite'].map(
    readMechanism,
  ),
  adopt: [0, 40, 100],
  order: 'uniform',
  seed: 11,
  ...given,
});
