/** Reads the text format of Prometheus as a strict scraper would. */

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Exposition {
  samples: Sample[];
  /** Name of each metric and its type. */
  types: Map<string, string>;
  /** The one value of a metric with exactly these labels. */
  value(name: string, labels?: Record<string, string>): number;
  /** All samples of a metric that are not zero, each as its labels and its value. */
  present(name: string): [labels: Record<string, string>, value: number][];
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
const SUFFIX = /_(bucket|sum|count)$/;

/** @throws for anything the format does not allow: unknown lines, samples without a type, a series told twice */
export function readExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const samples: Sample[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, about, of = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (about === 'HELP') {
      if (helped.has(of)) throw new Error(`${of} is explained twice`);
      helped.add(of);
    } else if (about === 'TYPE') {
      if (types.has(of)) throw new Error(`${of} has two types`);
      if (!['counter', 'gauge', 'histogram', 'summary'].includes(rest)) throw new Error(`no type: ${rest}`);
      types.set(of, rest);
    } else {
      const sample = readSample(line);
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(series)) throw new Error(`told twice: ${line}`);
      seen.add(series);
      const type = types.get(sample.name) ?? types.get(sample.name.replace(SUFFIX, ''));
      if (!type) throw new Error(`of no type: ${line}`);
      if (type === 'counter' && !(sample.value >= 0)) throw new Error(`no count: ${line}`);
      samples.push(sample);
    }
  }
  const same = (a: Record<string, string>, b: Record<string, string>): boolean =>
    Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);
  return {
    samples,
    types,
    value(name, labels = {}) {
      const found = samples.find((sample) => sample.name === name && same(labels, sample.labels));
      if (!found) throw new Error(`there is no ${name} ${JSON.stringify(labels)}`);
      return found.value;
    },
    present: (name) =>
      samples
        .filter((sample) => sample.name === name && sample.value !== 0)
        .map(({ labels, value }) => [labels, value]),
  };
}

function readSample(line: string): Sample {
  const [, name, inner = '', number = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inner.length) {
    const [, key, value] = LABEL.exec(inner) ?? [];
    if (key === undefined || value === undefined) throw new Error(`no labels: ${line}`);
    labels[key] = value;
  }
  // A figure that was never measured is no number, and is written so in any case.
  const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
  if (Number.isNaN(value) && !/^nan$/i.test(number)) throw new Error(`no number: ${line}`);
  return { name, labels, value };
}
