import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';

interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command line as a user would, with `input` on its standard input. */
function run(command: string, args: readonly string[], input: string | Buffer = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const gridbot = (args: readonly string[], input?: string | Buffer): Promise<Run> =>
  run('npx', ['tsx', 'src/cli.ts', ...args], input);

/** The objects on standard output, one per line and nothing else. */
function objects({ out }: Run): Record<string, unknown>[] {
  if (out === '') return [];
  expect(out.endsWith('\n')).toBe(true);
  return out
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const zero = {
  kind: 'command',
  command: 'report',
  form: 'daily',
  values: { abnormal: 0 },
  items: [],
  period: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
  subject: null,
};

describe('gridbot parse prints one object and exits 0', () => {
  it('for entries of a register: one by its name, several as items', async () => {
    const lines = '/体温 张三 36.5\n/体温 张三 36.5 李四 36.7\n/排查 12户 2人\n';
    const ran = await gridbot(['parse', '--json', '-', '--playbook', 'tests/playbook/registers.yaml'], lines);
    expect(ran.code).toBe(0);
    const temperature = { ...zero, form: 'temperature' };
    expect(objects(ran)).toEqual([
      { ...temperature, values: { reading: 36.5 }, subject: '张三' },
      { ...temperature, values: {}, items: ['张三 36.5', '李四 36.7'] },
      { ...zero, form: 'sweep', values: { found: 2 }, subject: '12' },
    ]);
  });

  it('for a command, through npm as the contract writes it', async () => {
    const ran = await run('npm', [
      'run',
      '-s',
      'gridbot',
      '--',
      'parse',
      '--json',
      '/日报 0',
      '--playbook',
      'epidemic',
    ]);
    expect(ran.code).toBe(0);
    expect(objects(ran)).toEqual([zero]);
  });
  it('for an error, with code, message and the line to send', async () => {
    const ran = await gridbot(['parse', '--json', '/日抱 0']);
    expect(ran.code).toBe(0);
    expect(objects(ran)).toEqual([
      {
        kind: 'error',
        code: expect.stringMatching(/^[a-z.-]+$/) as unknown,
        message: expect.stringMatching(/\p{Script=Han}/u) as unknown,
        suggestion: '/日报 0',
      },
    ]);
  });
  it('for plain talk', async () => {
    const ran = await gridbot(['parse', '--json', '日报写好了吗']);
    expect(ran.code).toBe(0);
    expect(objects(ran)).toEqual([{ kind: 'chat' }]);
  });
  it('for a text of several lines', async () => {
    const ran = await gridbot(['parse', '/日报 2 返乡1\n张三 武汉回来 住3组', '--json']);
    expect(ran.code).toBe(0);
    expect(objects(ran)).toEqual([{ ...zero, values: { abnormal: 2, returned: 1 }, items: ['张三 武汉回来 住3组'] }]);
  });
  it('for an empty text, and for one that begins with a hyphen', async () => {
    for (const text of ['', '-1', '--', '- 0']) {
      const ran = await gridbot(['parse', '--json', text]);
      expect({ text, code: ran.code, out: objects(ran) }).toEqual({ text, code: 0, out: [{ kind: 'chat' }] });
    }
  });
});

describe('gridbot parse - reads one text per line', () => {
  it('and prints one object per line, in order', async () => {
    const lines = ['/日报 0', '日报写好了吗', '/日抱 0', '', '／日报　３', '/进度'];
    const ran = await gridbot(['parse', '--json', '-'], `${lines.join('\n')}\n`);
    expect(ran.code).toBe(0);
    expect(objects(ran).map(({ kind, values }) => [kind, values])).toEqual([
      ['command', { abnormal: 0 }],
      ['chat', undefined],
      ['error', undefined],
      ['chat', undefined],
      ['command', { abnormal: 3 }],
      ['command', {}],
    ]);
  });
  it('without a last line break, with Windows line breaks, and from nothing', async () => {
    expect(objects(await gridbot(['parse', '--json', '-'], '/日报 0\n/日报 1'))).toHaveLength(2);
    expect(objects(await gridbot(['parse', '--json', '-'], '/日报 0\r\n/日报 0\r\n'))).toEqual([zero, zero]);
    expect(await gridbot(['parse', '--json', '-'], '')).toMatchObject({ code: 0, out: '' });
  });
  it('prints one object for a line with a foreign line break or broken bytes in it', async () => {
    for (const text of ['/日报\u20280', '你好\u2029再见', '好\u0085的', '好\u000b的\u000c']) {
      const ran = await gridbot(['parse', '--json', '-'], `${text}\n/日报 0\n`);
      expect([JSON.stringify(text), ran.code, objects(ran).length]).toEqual([JSON.stringify(text), 0, 2]);
    }
    const broken = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0xe6]), Buffer.from('\n/日报 0\n')]);
    const ran = await gridbot(['parse', '--json', '-'], broken);
    expect([ran.code, objects(ran).length]).toEqual([0, 2]);
  });
  it('keeps up with five thousand lines', async () => {
    const ran = await gridbot(
      ['parse', '--json', '-'],
      Array.from({ length: 5000 }, (_, i) => `/日报 ${i}\n`).join(''),
    );
    expect(ran.code).toBe(0);
    expect(objects(ran).map(({ values }) => values)).toEqual(Array.from({ length: 5000 }, (_, i) => ({ abnormal: i })));
  });
});

describe('a wrong use of gridbot parse', () => {
  it.each([
    [['parse']],
    [['parse', '--json']],
    [['parse', '/日报', '0']],
    [['parse', '/日报 0', '--playbook', 'no-such-book']],
  ])('%j says so on standard error alone', async (args) => {
    const ran = await gridbot(args);
    expect(ran.code).not.toBe(0);
    expect(ran.out).toBe('');
    expect(ran.err).not.toBe('');
  });
});
