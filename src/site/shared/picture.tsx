import { createElement, type JSX } from 'preact';
import type { Picture } from '../../draw/index.js';

/** A picture of `pathsec/draw` as elements of the page. */
export function PictureView({ picture }: { readonly picture: Picture }): JSX.Element {
  const { description, height, shapes, title, width } = picture;
  return (
    <svg
      class="picture"
      role="img"
      aria-label={`${title}. ${description}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      {shapes.map(({ attributes, name, text }, i) => createElement(name, { ...attributes, key: i }, text))}
    </svg>
  );
}
