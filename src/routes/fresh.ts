import { copyElement } from './element.js';
import type { ElementSource, OnElement, PathOctets } from './element-source.js';

/** Gives `onElement` copies that stay valid, of the elements and of where they stand. */
export function freshValues(onElement: OnElement): OnElement {
  const copySource = createSourceCopier();
  return (element, source) => onElement(copyElement(element), copySource(source));
}

/** Copies of sources; those of one message or entry share the copy of its octets, and of its path. */
function createSourceCopier(): (source: ElementSource) => ElementSource {
  let number = 0;
  let start = -1;
  let octets: Uint8Array = new Uint8Array(0);
  let from: PathOctets | undefined;
  let path: PathOctets | undefined;
  let record: ElementSource['record'];
  return (source) => {
    const { attributesStart, attributesEnd } = source;
    if (source.number !== number || attributesStart !== start) {
      number = source.number;
      start = attributesStart;
      octets = source.octets.slice(attributesStart, attributesEnd);
      record = source.record && { ...source.record };
      from = undefined;
    }
    if (source.path !== from || source.path === undefined) {
      from = source.path;
      // A path that was put together has octets of its own.
      const inside = from !== undefined && from.octets === source.octets;
      path = from && inside ? { ...from, octets, start: from.start - start, end: from.end - start } : from;
    }
    return { ...source, record, octets, attributesStart: 0, attributesEnd: octets.length, path };
  };
}
