import { type Curve, curveChart, curveSvg } from 'pathsec/draw';
import { ATTACKS, MECHANISMS, ORDERED } from './parts.js';
import { type Point, pointsOf } from './rows.js';

/** A figure of the page. */
export interface StudyFigure {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

/** All figures of a run, of its rows as CSV. */
export function figuresOf(csv: string): StudyFigure[] {
  const points = pointsOf(csv);
  const orders = ['forged', 'leak1'].map((attack) => {
    const curves = ORDERED.map((order) => curveOf(order, shownOf(points, attack, 'aspa', order)));
    return figure(`order-${attack}`, `ASPA against ${attack}, by who adopts first`, attack, curves);
  });
  return [
    ...ATTACKS.map((attack) => {
      const names = [...likenesses(points, attack).keys()];
      const curves = names.map((name) =>
        curveOf(name, shownOf(points, attack, name), MECHANISMS.indexOf(name)),
      );
      return figure(attack.replace(':', '-'), `${attack}: what mechanisms leave of it`, attack, curves);
    }),
    ...orders,
  ];
}

/** Mechanisms that do something of their own against an attack, in their order, each with those that do exactly the same. */
export function likenesses(points: readonly Point[], attack: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const known = new Map<string, string>();
  for (const name of MECHANISMS) {
    const key = shownOf(points, attack, name)
      .map(({ mean }) => mean.toFixed(1))
      .join(' ');
    const first = known.get(key);
    if (first === undefined) {
      known.set(key, name);
      found.set(name, []);
    } else found.get(first)?.push(name);
  }
  return found;
}

/** What is shown of an attack: of leaks and replays who is diverted, of others who reaches the attacker. */
export function outcomeOf(attack: string): 'attacker' | 'diverted' {
  return /^(?:leak[1-5]|replay)$/.test(attack) ? 'diverted' : 'attacker';
}

/** The curve of a mechanism against an attack, of all ASes. */
export function shownOf(
  points: readonly Point[],
  attack: string,
  mechanism: string,
  order = 'uniform',
): Point[] {
  const outcome = outcomeOf(attack);
  return points.filter(
    (one) =>
      one.attack === attack &&
      one.mechanism === mechanism &&
      one.order === order &&
      one.group === 'all' &&
      one.outcome === outcome,
  );
}

function curveOf(name: string, points: readonly Point[], look?: number): Curve {
  return {
    name,
    points: points.map(({ adopt, mean, low, high }) => ({
      x: adopt,
      y: mean,
      low: Math.max(0, low),
      high: Math.min(100, high),
    })),
    ...(look !== undefined && { look }),
  };
}

function figure(file: string, title: string, attack: string, curves: readonly Curve[]): StudyFigure {
  const y = outcomeOf(attack) === 'diverted' ? 'ASes diverted, %' : 'ASes that reach the attacker, %';
  const svg = curveSvg(curveChart(curves, { title, x: 'ASes that adopt, %', y }));
  // A picture in a page of Markdown has no text around it whose colour it could take.
  const own = svg.replace(
    'fill="currentColor">',
    'fill="currentColor" color="#333" style="background:#fff">',
  );
  return { file, title, svg: `${own}\n` };
}
