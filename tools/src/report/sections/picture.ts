import { counted, usd } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { Html, html } from '../html';

/** The picture, as an image: nothing in it can act on the page. */
export function picture({ svg, title, assembly, estimate, notebooks }: Contents): Html {
  const [width, height] = ['width', 'height'].map((name) => new RegExp(`<svg[^>]* ${name}="(\\d+)`).exec(svg)?.[1]);
  const said = /<desc[^>]*>([^<]*)<\/desc>/.exec(svg)?.[1];
  const short = `${title}: ${counted(notebooks, 'notebook')} in ${counted(assembly.stacks.length, 'stack')}, ${usd(estimate.monthlyTotal)} per month.`;
  return html`<section id="picture" aria-labelledby="picture-heading">
<h2 id="picture-heading">Picture</h2>
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
