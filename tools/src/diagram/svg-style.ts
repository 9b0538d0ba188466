import { Hue } from './picture';

/** Colours of one hue: the tile, and a box in it. White text on a tile has a contrast of at least 4.5. */
interface Shades {
  readonly tile: string;
  readonly tint: string;
  readonly edge: string;
  readonly ink: string;
}

const LIGHT: Record<Hue, Shades> = {
  teal: { tile: '#0f766e', tint: '#ecfaf7', edge: '#a3ddd3', ink: '#115e59' },
  violet: { tile: '#6d28d9', tint: '#f8f6fe', edge: '#cfc2f5', ink: '#5b21b6' },
  green: { tile: '#15803d', tint: '#eefaf1', edge: '#a9dfb9', ink: '#166534' },
  amber: { tile: '#b45309', tint: '#fdf6e8', edge: '#efcf97', ink: '#92400e' },
  blue: { tile: '#1d4ed8', tint: '#eff5ff', edge: '#b4cdfa', ink: '#1e40af' },
  rose: { tile: '#be123c', tint: '#fef2f4', edge: '#f7bcc8', ink: '#9f1239' },
  slate: { tile: '#475569', tint: '#f4f6f9', edge: '#cbd5e1', ink: '#334155' },
};

const DARK: Record<Hue, Shades> = {
  teal: { tile: '#0f766e', tint: '#0d2524', edge: '#1f544e', ink: '#7ee0d0' },
  violet: { tile: '#7c3aed', tint: '#17142a', edge: '#42367a', ink: '#c9b8ff' },
  green: { tile: '#15803d', tint: '#0e2518', edge: '#205a36', ink: '#86e5a6' },
  amber: { tile: '#b45309', tint: '#281d0c', edge: '#644519', ink: '#fbcd7f' },
  blue: { tile: '#2563eb', tint: '#0f1c36', edge: '#27457f', ink: '#a9c7ff' },
  rose: { tile: '#be123c', tint: '#2b1219', edge: '#6b2436', ink: '#fda4b4' },
  slate: { tile: '#526077', tint: '#161b24', edge: '#38424f', ink: '#b9c4d3' },
};

const PAPER = {
  light: {
    page: '#ffffff',
    rim: '#dfe4ea',
    card: '#ffffff',
    cardRim: '#d5dbe3',
    text: '#1b2430',
    soft: '#566273',
    line: '#7b8798',
  },
  dark: {
    page: '#0e1319',
    rim: '#29313c',
    card: '#171e27',
    cardRim: '#323c49',
    text: '#e8edf3',
    soft: '#a3afbd',
    line: '#8391a3',
  },
};

const FONT = `"Helvetica Neue", Helvetica, Arial, "Liberation Sans", system-ui, sans-serif`;

/** Rules for the classes of a picture. No variables: viewers that are no browsers know none. */
export function styleSheet(): string {
  return [
    `.mlp text{font-family:${FONT};font-size:13px}`,
    `.mlp .t0{font-size:23px;font-weight:700}`,
    `.mlp .t1{font-size:16px;font-weight:700}`,
    `.mlp .t2{font-size:15.5px;font-weight:600}`,
    `.mlp .t3{font-size:13px;font-weight:600}`,
    `.mlp .t4{font-size:13.5px}`,
    `.mlp .m{font-weight:600}`,
    `.mlp .l{font-size:12px;text-anchor:middle}`,
    `.mlp .k{font-size:13px;font-weight:700;text-anchor:middle;fill:#fff}`,
    `.mlp .e{text-anchor:end}`,
    ...colours(LIGHT, PAPER.light),
    `@media (prefers-color-scheme:dark){${colours(DARK, PAPER.dark).join('')}}`,
  ].join('\n');
}

function colours(shades: Record<Hue, Shades>, paper: (typeof PAPER)['light']): string[] {
  return [
    `.mlp .page{fill:${paper.page};stroke:${paper.rim}}`,
    `.mlp .scene{fill:none;stroke:${paper.rim}}`,
    `.mlp .card{fill:${paper.card};stroke:${paper.cardRim}}`,
    `.mlp text{fill:${paper.text}}`,
    `.mlp .s{fill:${paper.soft}}`,
    `.mlp .line{fill:none;stroke:${paper.line};stroke-width:1.6}`,
    `.mlp .head{fill:${paper.line}}`,
    `.mlp .pill{fill:${paper.page};stroke:${paper.rim}}`,
    ...Object.entries(shades).flatMap(([hue, { tile, tint, edge, ink }]) => [
      `.mlp .${hue}-tile{fill:${tile}}`,
      `.mlp .${hue}-box{fill:${tint};stroke:${edge}}`,
      `.mlp .${hue}-ink{fill:${ink}}`,
    ]),
    `.mlp .k{fill:#fff}`,
  ];
}
