import type { Band, Load, RouterViewRow } from 'pathsec/cost';
import { field } from '../samples.js';

/** The model's rows, one value a line: protection, engine, what is verified, peers, cores, quantity, value with quartiles, unit. */
export function routerViewCsv(rows: readonly RouterViewRow[]): string {
  const lines = ['scheme,engine,verified,peers,cores,quantity,value,q1,q3,unit'];
  for (const { protection, peers, startUp, perMinute, onCores } of rows) {
    const { scheme, engine, verified } = protection;
    const add = (
      cores: number | '',
      quantity: string,
      value: number | Band | undefined,
      unit: string,
    ): void => {
      const values =
        value === undefined
          ? ['absent', '', '']
          : typeof value === 'number'
            ? [value, '', '']
            : [value.median, value.q1, value.q3];
      lines.push([scheme, engine, verified, peers, cores, quantity, ...values, unit].map(field).join(','));
    };
    const addLoad = (when: string, { routes, signatures, octets, coreSeconds }: Load): void => {
      add('', `routes, ${when}`, routes, 'routes');
      add('', `signatures, ${when}`, signatures, 'signatures');
      add('', `octets, ${when}`, octets, 'octets');
      add('', `CPU, ${when}`, coreSeconds, 'core-seconds');
    };
    addLoad('start-up', startUp);
    addLoad('minute of churn', perMinute);
    for (const { cores, startUpMinutes, churnShare } of onCores) {
      add(cores, 'time, start-up', startUpMinutes, 'minutes');
      add(cores, 'share of cores, churn', churnShare, '1');
    }
  }
  return `${lines.join('\n')}\n`;
}
