import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../src/main/bot-run.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { openChromium } from './chromium.ts';

/** A quiet Monday morning; from then on time flows as it does outside. */
const MORNING = Date.parse('2026-11-23T09:00:00+08:00');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

let page: Page;
let stop: () => Promise<void>;
let complaints: string[];

beforeEach(async () => {
  const opened = performance.now();
  const console = await startBot({
    databaseUrl: tempDatabaseUrl(),
    port: 0,
    playbook: 'epidemic',
    log: () => undefined,
    clock: { now: () => MORNING + Math.round(performance.now() - opened) },
  });
  stop = console.stop;
  complaints = [];
  page = await browser.newPage({ viewport: DESKTOP });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(console.url);
  await group('福山地村').waitFor({ state: 'attached' });
});
afterEach(async () => {
  await page.close();
  await stop();
  expect(complaints).toEqual([]);
});

const group = (title: string): Locator => page.locator(`section[aria-label="${title}"]`);
const saidBy = (title: string, who: string): Locator =>
  group(title)
    .locator('article')
    .filter({ has: page.locator('.meta', { hasText: who }) });
const answers = (title: string): Locator => saidBy(title, '网格助手');

async function say(text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

async function become(name: string): Promise<void> {
  const option = page.locator('#person option', { hasText: name }).first();
  await page.getByLabel('我是').selectOption(await option.getAttribute('value'));
}

/** Presses a clock button and waits until time has come there. */
async function go(button: string, time: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.locator('#now .time', { hasText: time }).waitFor();
  await page.locator('#jumps[aria-busy="false"]').waitFor();
}

/** The names that a message points at. */
const mentionsIn = (message: Locator): Promise<string[]> => message.locator('.mention').allTextContents();

const overflow = (): Promise<number> =>
  page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth') as Promise<number>;

async function photograph(name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  await page.evaluate('Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/${name}.png`, import.meta.url)) });
}

describe('the browser console', () => {
  it('is played through for a day', async () => {
    expect(await page.locator('.hint').textContent()).toContain('试试');

    await page.getByRole('button', { name: '/日报 0', exact: true }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe('/日报 0');
    expect(await saidBy('福山地村', '张三').count()).toBe(0);
    await page.getByRole('button', { name: '发送' }).click();
    await answers('福山地村').filter({ hasText: '✅ 一网格 11月23日 零报告已收' }).waitFor();

    await say('/日抱 0');
    const correction = answers('福山地村').last().getByRole('button', { name: '/日报 0' });
    await correction.click();
    expect(await page.getByRole('textbox').inputValue()).toBe('/日报 0');

    await become('李四');
    await say('/日报 2 返乡1 发热1');
    await answers('福山地村').filter({ hasText: '二网格 11月23日 日报已收' }).waitFor();

    await go('到 17:00', '17:00');
    const reminder = answers('福山地村').filter({ hasText: '⏰' });
    await reminder.waitFor();
    const reminded = await mentionsIn(reminder);
    expect(reminded).toContain('@王五');
    expect(reminded).not.toContain('@张三');
    expect(reminded).not.toContain('@李四');

    await become('王五');
    await say('日报 无异常');
    await answers('福山地村').filter({ hasText: '三网格 11月23日 零报告已收' }).waitFor();

    await go('到 18:00', '18:00');
    const table = answers('福山地村').filter({ hasText: '📋 福山地村' });
    await table.waitFor();
    expect(await mentionsIn(table)).not.toContain('@王五');
    const picture = table.locator('.picture img');
    await expect
      .poll(() => picture.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(300);
    const [download] = await Promise.all([page.waitForEvent('download'), table.getByText('.xlsx').click()]);
    expect(download.suggestedFilename()).toBe('福山地村-日报-2026-11-23.xlsx');
    expect(await answers('林东镇').count()).toBe(0);

    await table.getByRole('button', { name: '汇总图' }).click();
    expect(await page.getByRole('dialog', { name: '大图' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog', { name: '大图' }).isVisible()).toBe(false);

    await go('到 18:30', '18:30');
    const township = answers('林东镇').filter({ hasText: '📋 林东镇' });
    await township.waitFor();
    expect(await mentionsIn(township)).toContain('@孙三');
    expect(await answers('巴林左旗').count()).toBe(0);

    await become('孙三');
    await say('/代报 其余 0 已电话核实');
    await answers('福山地村').last().getByRole('button', { name: '/确认' }).click();
    await page.getByRole('button', { name: '发送' }).click();
    await answers('福山地村').filter({ hasText: '(6/6)' }).first().waitFor();

    await page.getByRole('tab', { name: '私聊' }).last().click();
    await say('/我');
    await answers('私聊').filter({ hasText: '孙三' }).waitFor();
    await group('福山地村').getByRole('button', { name: '福山地村', exact: true }).click();

    await go('到 19:30', '19:30');
    await answers('巴林左旗').filter({ hasText: '📋 巴林左旗' }).waitFor();
    await answers('林东镇').filter({ hasText: '已补齐:福山地村' }).waitFor();
    await photograph('console');

    await go('到明天', '07:00');
    expect(await page.locator('#now').textContent()).toContain('11月24日');
    await become('张三');
    await say('/日报 0');
    await answers('福山地村').filter({ hasText: '✅ 一网格 11月24日 零报告已收' }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it('keeps what is said in private, and who said it, apart', async () => {
    await page.getByRole('tab', { name: '私聊' }).last().click();
    await say('/帮助');
    await answers('私聊').filter({ hasText: '张三,您在这里可以发:' }).waitFor();
    await become('陌生人');
    expect(await answers('私聊').count()).toBe(0);
    await say('/日报 0');
    await answers('私聊').filter({ hasText: '认领' }).waitFor();
    await become('张三');
    await page.getByRole('tab', { name: '私聊' }).last().click();
    expect(await answers('私聊').count()).toBe(1);
  });

  it('shows hostile text as text', async () => {
    const hostile = '@网格助手 /日报 <img src=x onerror=alert(1)><b>0</b>';
    await say(hostile);
    const mine = saidBy('福山地村', '张三');
    await mine.waitFor();
    expect(await mine.locator('.text').textContent()).toBe(hostile);
    expect(await group('福山地村').locator('.text img, .text b').count()).toBe(0);
  });

  it('makes a group, into which the bot comes', async () => {
    await become('孙三');
    await page.getByRole('button', { name: '建群' }).last().click();
    await page.getByLabel('群名').fill('福山地村微信群');
    await page.getByRole('dialog').getByRole('button', { name: '建群' }).click();
    await answers('福山地村微信群').filter({ hasText: '大家好' }).waitFor();
    await say('/绑定 福山地村');
    await answers('福山地村微信群').filter({ hasText: '本群已绑定福山地村' }).waitFor();
  });

  it('finds everything again after the page is loaded anew', async () => {
    await say('/日报 0');
    await answers('福山地村').filter({ hasText: '✅' }).waitFor();
    await page.reload();
    await answers('福山地村').filter({ hasText: '✅' }).waitFor();
    expect(await saidBy('福山地村', '张三').count()).toBe(1);
  });

  it('fits a phone: one chat at a time, all of it within reach of a thumb', async () => {
    await page.setViewportSize(PHONE);
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await group('福山地村').isVisible()).toBe(true);
    expect(await group('林东镇').isVisible()).toBe(false);

    await page.getByRole('button', { name: '/日报 0', exact: true }).click();
    await page.getByRole('button', { name: '发送' }).click();
    await answers('福山地村').filter({ hasText: '✅' }).waitFor();
    await go('到 18:00', '18:00');
    await answers('福山地村').filter({ hasText: '📋' }).waitFor();
    await photograph('console-phone');
    expect(await overflow()).toBeLessThanOrEqual(0);

    await go('到 18:30', '18:30');
    const township = page.getByRole('tab', { name: /^镇/ });
    await township.getByText('有新消息').waitFor({ state: 'attached' });
    expect(await township.locator('.dot').isVisible()).toBe(true);
    await township.click();
    expect(await group('林东镇').isVisible()).toBe(true);
    expect(await group('福山地村').isVisible()).toBe(false);
    expect(await township.locator('.dot').isVisible()).toBe(false);
    expect(await overflow()).toBeLessThanOrEqual(0);

    const controls = page.locator(
      '.jump:visible, .tabs .tab:visible, .chip:visible, .send:visible, select:visible, textarea:visible, .icon-button:visible',
    );
    const tooSmall = await controls.evaluateAll((all: unknown[]) =>
      (all as { offsetHeight: number; offsetWidth: number; textContent: string }[])
        .filter(({ offsetHeight, offsetWidth }) => offsetHeight < 44 || offsetWidth < 44)
        .map(({ textContent }) => textContent),
    );
    expect(await controls.count()).toBeGreaterThan(15);
    expect(tooSmall).toEqual([]);
  });

  it('can be used without a mouse', async () => {
    await page.getByRole('textbox').focus();
    await page.keyboard.type('/日报 0');
    await page.keyboard.press('Enter');
    await answers('福山地村').filter({ hasText: '✅' }).waitFor();
    await page.getByRole('button', { name: '到 17:00' }).focus();
    await page.keyboard.press('Enter');
    await answers('福山地村').filter({ hasText: '⏰' }).waitFor();
    await group('林东镇').getByRole('button', { name: '林东镇' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox').focus();
    await page.keyboard.type('大家好');
    await page.keyboard.press('Enter');
    await saidBy('林东镇', '张三').filter({ hasText: '大家好' }).waitFor();
  });
});
