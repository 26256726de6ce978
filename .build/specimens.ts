/**
 * Draws the sandbox's test documents anew: `node --import=tsx .build/specimens.ts`. They are checked
 * in, so that neither a build nor a test needs this.
 */
import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

import puppeteer from 'puppeteer-core';

import { SPECIMENS, type SpecimenName } from '../src/sandbox/specimens.js';
import { chromiumFlags, findChromium } from '../test/browsers/find-chromium.mjs';

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

/** Across the whole picture, so that no crop of it passes for anything else. */
const stamp = (width: number, height: number): string => `
  <g fill="#b00020" fill-opacity="0.42" font-family="sans-serif" font-weight="700"
    font-size="${width / 9}" text-anchor="middle">
    ${[0.2, 0.52, 0.84]
      .map(
        (part) =>
          `<text transform="translate(${width / 2} ${height * part}) rotate(-18)">SPECIMEN</text>`,
      )
      .join('')}
  </g>`;

const features = (skin: string, hair: string): string => `
  <path d="M-150 320 Q-140 190 0 185 Q140 190 150 320 Z" fill="#3a5a78" />
  <rect x="-36" y="110" width="72" height="90" rx="30" fill="${skin}" />
  <ellipse rx="98" ry="132" fill="${skin}" />
  <path d="M-104 -18 Q-112 -150 0 -152 Q112 -150 104 -18 Q84 -92 0 -96 Q-84 -92 -104 -18 Z" fill="${hair}" />
  <g fill="#fff" stroke="#333" stroke-width="2">
    <ellipse cx="-40" cy="-12" rx="19" ry="11" /><ellipse cx="40" cy="-12" rx="19" ry="11" />
  </g>
  <g fill="#2b2b2b"><circle cx="-40" cy="-12" r="8" /><circle cx="40" cy="-12" r="8" /></g>
  <g fill="none" stroke="#5b3a29" stroke-width="6" stroke-linecap="round">
    <path d="M-62 -40 q22 -12 44 0" /><path d="M18 -40 q22 -12 44 0" />
    <path d="M0 -4 q-14 38 0 44 q8 2 14 -2" stroke-width="4" />
    <path d="M-34 74 q34 22 68 0" stroke="#9a4a45" />
  </g>`;

/** A cut-out mask, held before another head. */
const mask = `
  <ellipse cx="34" cy="-16" rx="104" ry="140" fill="#8a6a50" />
  <g transform="rotate(7)">
    ${features('#d9d9d9', '#777')}
    <ellipse rx="100" ry="134" fill="none" stroke="#111" stroke-width="4" stroke-dasharray="14 9" />
    <path d="M-99 0 H-170 M99 0 H170" stroke="#111" stroke-width="4" />
  </g>`;

const face = (isGenuine: boolean): Drawing => ({
  width: 480,
  height: 600,
  svg: `<rect width="480" height="600" fill="${isGenuine ? '#dfe7ee' : '#e9e2d3'}" />
    <g transform="translate(240 280)">${isGenuine ? features('#e8b894', '#4a2f20') : mask}</g>`,
});

const line = (y: number, name: string, value: string): string => `
  <text x="300" y="${y}" font-size="17" fill="#456">${name}</text>
  <text x="300" y="${y + 30}" font-size="26" fill="#112">${value}</text>`;

const card = (isGenuine: boolean): Drawing => ({
  width: 856,
  height: 540,
  svg: `<rect width="856" height="540" fill="#8d99a6" />
    <g font-family="sans-serif">
      <rect x="20" y="20" width="816" height="500" rx="28" fill="${isGenuine ? '#e4eef2' : '#f3ead8'}" />
      <text x="52" y="82" font-size="34" font-weight="700" fill="#123">REPUBLIC OF NOWHERE</text>
      <text x="52" y="114" font-size="20" fill="#345">${isGenuine ? 'IDENTITY CARD' : 'IDENITTY CRAD'}</text>
      <g transform="${isGenuine ? '' : 'rotate(-6 160 290) translate(10 18)'}">
        <rect x="52" y="140" width="210" height="270" fill="${isGenuine ? '#cfdbe4' : '#fff'}"
          ${isGenuine ? '' : 'stroke="#333" stroke-width="3" stroke-dasharray="10 6"'} />
        <svg x="52" y="140" width="210" height="270" viewBox="-160 -190 320 411">
          ${isGenuine ? features('#e8b894', '#4a2f20') : features('#c9c9c9', '#222')}
        </svg>
      </g>
      ${line(164, 'Surname', 'SPECIMEN')}
      ${line(234, 'Given name', isGenuine ? 'SAM' : 'S<tspan dy="6">A</tspan><tspan dy="-11">M</tspan>')}
      ${line(304, 'Date of birth', isGenuine ? '31 JAN 1990' : '31 FEB 1990')}
      ${line(374, 'Document number', 'SPECIMEN-0001')}
      <text x="600" y="304" font-size="17" fill="#456">Valid until</text>
      <text x="600" y="334" font-size="26" fill="#112">31 DEC 2035</text>
      <text x="52" y="478" font-family="monospace" font-size="27" fill="#222">ID&lt;NWHSPECIMEN&lt;0001&lt;&lt;SAM&lt;&lt;&lt;&lt;${isGenuine ? '6' : '?'}</text>
    </g>`,
});

const note = (isGenuine: boolean): Drawing => ({
  width: 600,
  height: 420,
  svg: `<rect width="600" height="420" fill="#fffdf5" />
    <path d="${[110, 160, 210, 260, 310, 360].map((y) => `M30 ${y}H570`).join('')}" stroke="#a9c3e0" />
    <g font-family="serif" font-style="italic" font-size="30" fill="#1b2a6b">
      <text x="44" y="102">I agree to the terms, and to this</text>
      <text x="44" y="152">check of who I am.</text>
      <text x="44" y="252">${isGenuine ? '1 January 2026' : '<tspan text-decoration="line-through">1 January</tspan> 9 Octember'}</text>
      <text x="44" y="352" font-size="40">${isGenuine ? 'Sam Specimen' : '× × ×'}</text>
    </g>
    ${isGenuine ? '' : '<rect x="300" y="290" width="250" height="80" fill="#fff" stroke="#999" transform="rotate(4 420 330)" />'}`,
});

const drawingOf = (name: SpecimenName): Drawing => {
  const isGenuine = name.startsWith('genuine');
  if (name.includes('face')) return face(isGenuine);
  return name.includes('card') ? card(isGenuine) : note(isGenuine);
};

const markOf = (name: SpecimenName): string =>
  `kyc-verify specimen: ${name.replace(/\..*/, '').replaceAll('-', ' ')}`;

/** A comment segment right after the start of the picture. */
const markJpeg = (file: Buffer, mark: string): Buffer => {
  const head = Buffer.from([0xff, 0xfe, 0, mark.length + 2]);
  return Buffer.concat([file.subarray(0, 2), head, Buffer.from(mark), file.subarray(2)]);
};

/** A text chunk right after the header, which is 13 bytes of content always. */
const markPng = (file: Buffer, mark: string): Buffer => {
  const content = Buffer.from(`tEXtComment\0${mark}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([file.subarray(0, 33), length, content, check, file.subarray(33)]);
};

const { executablePath, env } = await findChromium();
const browser = await puppeteer.launch({
  executablePath,
  env: { ...process.env, ...env },
  args: chromiumFlags,
});
try {
  const page = await browser.newPage();
  for (const name of SPECIMENS) {
    const { width, height, svg } = drawingOf(name);
    await page.setViewport({ width, height });
    await page.setContent(
      `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" style="display:block">${svg}${stamp(width, height)}</svg></body>`,
    );
    const isPng = name.endsWith('.png');
    const shot = Buffer.from(
      await page.screenshot(isPng ? { type: 'png' } : { type: 'jpeg', quality: 72 }),
    );
    const marked = (isPng ? markPng : markJpeg)(shot, markOf(name));
    await writeFile(new URL(`../src/sandbox/specimens/${name}`, import.meta.url), marked);
    console.log(`${name}: ${marked.length} bytes`);
  }
} finally {
  await browser.close();
}
