/** A real browser for tests, talking to nobody but the page. */
import { type Browser, chromium } from 'playwright-core';

/** Starts Chromium from where Debian puts it, or from where the variable CHROMIUM says. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
