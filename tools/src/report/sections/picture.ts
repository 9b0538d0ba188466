import { counted } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { Html, html } from '../html';

/** The picture, as an image: nothing in it can act on the page. */
export function picture({ svg, title, assembly, total, notebooks }: Contents): Html {
  const [width, height] = ['width', 'height'].map((name) => new RegExp(`<svg[^>]* ${name}="(\\d+)`).exec(svg)?.[1]);
  const said = /<desc[^>]*>([^<]*)<\/desc>/.exec(svg)?.[1];
  const short = `${title}: ${counted(notebooks, 'notebook')} in ${counted(assembly.stacks.length, 'stack')}, ${[`${total.amount} per month`, ...total.missing].join(', ')}.`;
  return html`<section id="picture" aria-labelledby="picture-heading">
<h2 id="picture-heading">Picture</h2>
<p class="soft narrow">The picture is wider than this window: scroll it sideways.</p>
<div class="scroll canvas" role="region" aria-label="Picture of the app" tabindex="0">
<img src="${dataUri(svg)}" alt="${short} ${said === undefined ? '' : unescaped(said)}"${
    width !== undefined && height !== undefined && html` width="${width}" height="${height}"`
  }></div>
</section>
`;
}

/** Shorter than base64, and compresses better. */
function dataUri(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg.replace(/\n\s*/g, '\n')).replace(
    /%(20|22|2C|2F|3A|3B|3D)/g,
    (code) => (code === '%22' ? "'" : decodeURIComponent(code)),
  )}`;
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|#39|amp);/g, (_entity, name: string) => ENTITIES[name]);
}

const ENTITIES: { [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' };
