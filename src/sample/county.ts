/** A made-up roster on real ground: the places are a county's own, the people and their numbers are invented. */
import { readFileSync } from 'node:fs';

export interface SampleOptions {
  /** Whose places to use; default 巴林左旗. */
  county?: string;
  /** How many townships; default as many as the county has. Beyond those, names are borrowed from other counties. */
  townships?: number;
  /** How many villages in each township; default as many as it has. */
  villagesPerTownship?: number;
  /** How many grids in each village; a fraction means on average; default 6. */
  gridsPerVillage?: number;
  /** The same seed gives the same roster. */
  seed: number;
}

const HEADER = ['县', '乡镇', '村', '网格', '职务', '姓名', '电话'];
const DEFAULT_COUNTY = '巴林左旗';
/** These come first wherever they are, so that every example can speak of them. */
const FIRST_TOWNSHIP = '林东镇';
export const FIRST_VILLAGE = '福山地村';
const FIRST_NAMES: ReadonlyMap<string, string> = new Map([
  ['county', '赵一'],
  ['township', '钱二'],
  ['village', '孙三'],
  ['grid1', '张三'],
  ['grid2', '李四'],
  ['grid3', '王五'],
]);
/** Not a village: what the statistics office calls a town's built-up middle. */
const NO_VILLAGE = '镇内';
const FIRST_PHONE = 13_800_000_000;

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文辉力民生永健世广海山仁波宁贵福'];

interface Place {
  readonly name: string;
  readonly villages: readonly string[];
}

/**
 * Rows of a roster sheet, header first, as an office would hand them in: secretaries everywhere, some deputies and
 * heads, a leader for each grid, here and there a helper, and a few vacancies. Never two numbers alike.
 * @throws {RangeError} when the county is unknown or more places are asked for than there are names
 */
export function sampleRoster(options: SampleOptions): string[][] {
  const { county = DEFAULT_COUNTY, gridsPerVillage = 6, seed } = options;
  const random = randomFrom(seed);
  const chance = (share: number): boolean => random() < share;
  let phones = 0;
  const nextPhone = (): string => {
    phones += 1;
    return String(FIRST_PHONE + phones);
  };
  const rows: string[][] = [HEADER];
  const add = (path: readonly string[], title: string, name: string | undefined): void => {
    const places = [...path, '', '', '', ''].slice(0, 4);
    rows.push([...places, title, name ?? '', name === undefined ? '' : nextPhone()]);
  };
  const person = (): string => personName(random);

  const townships = placesFor(county, options);
  // The first grid leader has the first number, for examples to count on.
  phones = 1;
  add([county], '书记', FIRST_NAMES.get('county'));
  let villages = 0;
  let grids = 0;
  townships.forEach((township, t) => {
    const town = [county, township.name];
    add(town, '书记', t === 0 ? FIRST_NAMES.get('township') : person());
    if (chance(0.7)) add(town, '副书记', person());
    township.villages.forEach((village, v) => {
      const isFirst = t === 0 && v === 0;
      const place = [...town, village];
      add(place, '书记', isFirst ? FIRST_NAMES.get('village') : chance(0.01) ? undefined : person());
      if (chance(0.4)) add(place, '主任', person());
      if (chance(0.3)) add(place, '副书记', person());
      villages += 1;
      // A fraction spreads evenly, and rounding never loses a grid of the whole.
      const upTo = Math.floor(villages * gridsPerVillage + 1e-9);
      for (let g = 1; grids < upTo; g += 1, grids += 1) {
        const grid = [...place, `${numeral(g)}网格`];
        const known = isFirst ? FIRST_NAMES.get(`grid${g}`) : undefined;
        const vacant = known === undefined && !isFirst && chance(0.02);
        if (known === '张三') rows.push([...grid, '网格长', known, String(FIRST_PHONE + 1)]);
        else add(grid, '网格长', vacant ? undefined : (known ?? person()));
        if (chance(0.1)) add(grid, '网格员', person());
      }
    });
  });
  return rows;
}

/** The townships asked for with their villages, made up with names of other counties where there are too few. */
function placesFor(county: string, { townships, villagesPerTownship }: SampleOptions): Place[] {
  const counties = readDivisions();
  const own = counties.get(county);
  if (own === undefined) throw new RangeError(`no places are known of ${county}`);
  const others = [...counties].filter(([name]) => name !== county).flatMap(([, places]) => places);
  const names = new Set(own.map(({ name }) => name));
  const borrowed = others.filter(({ name }) => !names.has(name));
  const chosen = [...own, ...borrowed].slice(0, townships ?? own.length);
  if (chosen.length < (townships ?? 0)) throw new RangeError(`there are names for ${chosen.length} townships`);

  const spare = [...new Set(others.flatMap(({ villages }) => villages))];
  let next = 0;
  return chosen.map(({ name, villages }) => {
    const wanted = villagesPerTownship ?? villages.length;
    const taken = new Set(villages.slice(0, wanted));
    for (let tries = 0; taken.size < wanted && tries < spare.length; tries += 1, next += 1) {
      taken.add(spare[next % spare.length] ?? '');
    }
    if (taken.size < wanted) throw new RangeError(`there are names for ${taken.size} villages`);
    return { name, villages: [...taken] };
  });
}

/** The places by county, in the order of the file, the township and village of every example first. */
function readDivisions(): Map<string, Place[]> {
  const text = readFileSync(new URL('./divisions.csv', import.meta.url), 'utf8');
  const counties = new Map<string, Map<string, string[]>>();
  for (const line of text.trim().split(/\r?\n/).slice(1)) {
    const [, county = '', , township = '', , village = ''] = line.split(',');
    if (village === NO_VILLAGE) continue;
    const townships = counties.get(county) ?? new Map<string, string[]>();
    counties.set(county, townships);
    townships.set(township, [...(townships.get(township) ?? []), village]);
  }
  const first = (wanted: string) => (a: string, b: string) => Number(b === wanted) - Number(a === wanted);
  const placesOf = (townships: Map<string, string[]>): Place[] =>
    [...townships]
      .sort(([a], [b]) => first(FIRST_TOWNSHIP)(a, b))
      .map(([name, villages]) => ({ name, villages: [...new Set(villages)].sort(first(FIRST_VILLAGE)) }));
  return new Map([...counties].map(([county, townships]) => [county, placesOf(townships)]));
}

/** 一, 十, 十二, 二十, 二十一: for grids, of which no village has a hundred. */
function numeral(n: number): string {
  const digits = ['', ...'一二三四五六七八九'];
  if (n >= 100) throw new RangeError('a village has fewer than a hundred grids');
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[n % 10]}`;
}

/** A name of two or, more often, three characters. */
function personName(random: () => number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const short = random() < 0.3;
  return pick(SURNAMES) + pick(GIVEN) + (short ? '' : pick(GIVEN));
}

/** Numbers from 0 up to 1, always the same ones for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
