import { render } from 'preact';
import { RAMP_STYLE } from '../draw/index.js';
import { App } from './app.js';

// The colours of pictures come with the room that draws them, for the page as for the report.
const pictures = new CSSStyleSheet();
pictures.replaceSync(RAMP_STYLE);
document.adoptedStyleSheets = [pictures];

const page = document.getElementById('page');
if (page) render(<App />, page);
