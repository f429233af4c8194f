/** The page's own files, by a fixed list: a path from outside never becomes a path on the disk. */
import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

/** What is served, by path. */
const FILES: readonly (readonly [path: string, file: string, type: keyof typeof TYPES])[] = [
  ['/', 'index.html', 'html'],
  ['/app.css', 'app.css', 'css'],
  ['/chats.css', 'chats.css', 'css'],
  ['/message.css', 'message.css', 'css'],
  ['/composer.css', 'composer.css', 'css'],
  ['/phone.css', 'phone.css', 'css'],
  ['/app.js', 'app.js', 'js'],
  ['/chats.js', 'chats.js', 'js'],
  ['/clock.js', 'clock.js', 'js'],
  ['/composer.js', 'composer.js', 'js'],
  ['/dom.js', 'dom.js', 'js'],
  ['/message.js', 'message.js', 'js'],
  ['/new-group.js', 'new-group.js', 'js'],
  ['/server.js', 'server.js', 'js'],
  ['/signs.js', 'signs.js', 'js'],
  ['/words.js', 'words.js', 'js'],
  ['/icon.svg', 'icon.svg', 'svg'],
];

/** Adds a route for each of the page's files; no other path leads to the disk. */
export function serveAssets(web: Hono): void {
  for (const [path, file, type] of FILES) {
    const url = new URL(`./static/${file}`, import.meta.url);
    web.get(path, async (c) => {
      c.header('Content-Type', TYPES[type]);
      // Small and local: asked for anew each time, so that an update is seen at once.
      c.header('Cache-Control', 'no-cache');
      return c.body(await readFile(url));
    });
  }
}
