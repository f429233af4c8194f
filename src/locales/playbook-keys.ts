/** Every key of the playbook language: what it is, and how it is written. Errors, editors and the page take it from here. */

export interface KeyWords {
  what: string;
  /** As it stands in a file: `due: "18:00"`. */
  example: string;
}

const key = (what: string, example: string): KeyWords => ({ what, example });

const NAME = key('名称,大家看到的叫法', 'name: 日报');

/** The parts of a playbook, and the keys of each. */
export const KEYS = {
  playbook: {
    $schema: key('给编辑器用的,可以不写', '$schema: ./playbook.schema.json'),
    id: key('预案的代号,小写字母开头', 'id: epidemic'),
    name: key('预案的名称', 'name: 疫情防控'),
    uses: key('还要用到的预案的代号,它们的登记册和表一起生效', 'uses: [epidemic]'),
    figures: key('指标:几张表都要的同一个数,填一次就都有', 'figures: { returned: { name: 返乡 } }'),
    registers: key('登记册:要长期照看的户、人、卡口、场所', 'registers: { premises: { name: 场所, aliases: [场所] } }'),
    forms: key('表:谁、多久、报什么', 'forms: { daily: { name: 日报, … } }'),
    alerts: key('预警:数到了多少,告诉谁', 'alerts: { many: { name: 发热增多, … } }'),
    phases: key('阶段:由有权的人宣布的状态,如应急响应', 'phases: { response: { name: 应急响应, … } }'),
    slices: key('名单:每天私下送给哪个部门', 'slices: { health-centre: { name: 卫生院名单, … } }'),
  },
  figure: { name: key('指标的名称', 'name: 返乡') },
  register: {
    name: key('登记册的名称', 'name: 场所'),
    aliases: key('查一条时用的叫法', 'aliases: [场所]'),
    sample: key('例句里用的名字', 'sample: 东口'),
    numbered: key('每条有没有编号,如 12 户', 'numbered: true'),
    measure: key('怎么数:户、人、家', 'measure: 家'),
    of: key('登记在哪一级:grid 网格,village 村', 'of: grid'),
    fields: key('每条记些什么', 'fields: { kind: { name: 类型, type: text } }'),
    add: key('登记一条的说法,谁可以', 'add: { aliases: [登记], by: [grid, village] }'),
    end: key('去掉一条的说法,谁可以', 'end: { aliases: [解除], by: [village] }'),
    cover: key('包户人:怎么叫,怎么说,谁可以定', 'cover: { name: 包户人, aliases: [包户], by: [village] }'),
    lasts: key('几天后自己结束,登记当天算第一天', 'lasts: 14d'),
    keep: key('结束后几天抹掉姓名', 'keep: 30d'),
  },
  act: {
    name: key('这个人怎么叫', 'name: 包户人'),
    aliases: key('说法,前面加 / 发出来', 'aliases: [登记]'),
    by: key('哪几级的人可以', 'by: [grid, village]'),
  },
  form: {
    name: NAME,
    aliases: key('别的叫法', 'aliases: [零报告, rb]'),
    zeroNames: key('单独发出来就算报 0 的叫法,要在名称或 aliases 里', 'zeroNames: [零报告]'),
    zeroWords: key('等于 0 的词', 'zeroWords: [无, 平安]'),
    measureWords: key('数字后面可以带的量词', 'measureWords: [人, 名, 例]'),
    subject: key('报的是谁的:grid 每个网格,village 每个村,township 每个乡镇,或者登记册里的每一条', 'subject: grid'),
    every: key('多久一次', 'every: day'),
    while: key('只在某个阶段里才要报', 'while: { phase: response, is: [红色] }'),
    owed: key('是不是人人都要报;false 是有情况才报', 'owed: false'),
    adds: key('同一期报几次是不是加起来;不加就是后报的代替先报的', 'adds: true'),
    spoken: key('群里不加 / 也认', 'spoken: true'),
    fields: key('要填的项', 'fields: { abnormal: { name: 异常, type: count } }'),
    opens: key('几点起可以报', 'opens: "00:00"'),
    due: key('几点截止', 'due: "18:00"'),
    locks: key('几点锁定,以后要村里或上级补', 'locks: "+1d 12:00"'),
    ladder: key('到点提醒谁、给谁汇总', 'ladder: [{ at: "17:00", do: remind, in: village }]'),
    urgent: key('夜里也提醒、也汇总,不等到早上', 'urgent: true'),
    posts: key('由哪些职务的人报,不写就是单位里管事的人', 'posts: [消防员]'),
    keep: key('过几天抹掉可能有人名的文字,数字留着', 'keep: 30'),
  },
  field: {
    name: key('这一项的名称', 'name: 异常'),
    aliases: key('别的叫法', 'aliases: [异常情况]'),
    type: key('填什么', 'type: count'),
    required: key('是不是必填', 'required: true'),
    bare: key('不写名称只写数字时,就是这一项;一张表最多一项', 'bare: true'),
    figure: key('它是哪个指标', 'figure: returned'),
    measures: key('这一项自己的量词', 'measures: [辆]'),
    unit: key('单位', 'unit: 度'),
    min: key('最小', 'min: 34'),
    max: key('最大', 'max: 43'),
    decimals: key('小数几位,0 到 3', 'decimals: 1'),
    usual: key('平常是多少,用在例句里', 'usual: 36.5'),
    upward: key('上级看到什么', 'upward: hidden'),
    options: key('可以选的,至少两个', 'options: [正常, { name: 异常, words: [不正常] }]'),
    otherwise: key('写了别的话时,算哪一个', 'otherwise: 异常'),
    again: key('选了哪些,还要再去一次', 'again: [无人, 拒访]'),
    yes: key('还有哪些词算“是”', 'yes: [已清]'),
    no: key('还有哪些词算“否”', 'no: [没清]'),
    rest: key('别的项都不要的话,放这里', 'rest: true'),
  },
  option: {
    name: key('选项的名称', 'name: 异常'),
    words: key('别的说法', 'words: [不正常]'),
  },
  subject: {
    register: key('哪个登记册的代号', 'register: premises'),
    where: key('只要其中哪些', 'where: { kind: [学校] }'),
  },
  every: {
    by: key('看登记册的哪一项来定多久一次', 'by: grade'),
    rhythms: key('各是多久:day 每天,week 每周,month 每月', 'rhythms: { 红: day, 黄: week, 绿: month }'),
    days: key('登记后的第几天要报,当天是第 1 天', 'days: [1, 4, 7, 14]'),
    each: key('登记后每隔几天要报', 'each: 3'),
  },
  session: {
    name: key('这一次怎么叫', 'name: 早'),
    opens: key('几点起可以报', 'opens: "06:00"'),
    due: key('几点截止', 'due: "09:00"'),
    locks: key('几点锁定', 'locks: "12:00"'),
  },
  while: {
    phase: key('哪个阶段的代号', 'phase: response'),
    is: key('在哪几种状态里', 'is: [红色]'),
  },
  step: {
    at: key('几点,或者截止前后多久', 'at: "17:00"'),
    do: key('做什么:remind 提醒没报的,table 发汇总', 'do: remind'),
    in: key('在哪一级的群里', 'in: village'),
  },
  alert: {
    name: key('预警的名称', 'name: 发热增多'),
    form: key('看哪张表的代号', 'form: daily'),
    field: key('看哪一项的代号', 'field: fever'),
    is: key('只数选了这个的', 'is: 异常'),
    above: key('只数比这个大的', 'above: 37.2'),
    below: key('只数比这个小的', 'below: 35'),
    in: key('在多大的范围里合起来数', 'in: village'),
    days: key('合起来数几天,当天也算', 'days: 3'),
    atLeast: key('从几个起预警', 'atLeast: 3'),
    tell: key('告诉哪几级', 'tell: [village, township]'),
  },
  phase: {
    name: key('阶段的名称', 'name: 应急响应'),
    aliases: key('宣布时的说法', 'aliases: [响应]'),
    states: key('有哪些状态,最后一个是结束', 'states: [红色, 黄色, 解除]'),
    by: key('哪几级的人可以宣布', 'by: [county]'),
  },
  slice: {
    name: key('名单的名称', 'name: 卫生院名单'),
    form: key('看哪张表的代号,它报的要是登记册里的人或户', 'form: temperature'),
    at: key('每天几点送', 'at: "18:30"'),
    in: key('按哪一级分开送,各送各的', 'in: township'),
    to: key('送给这一级哪些职务的人,职务里有这几个字就算', 'to: [卫生院]'),
    fields: key('登记册里的哪些项一起送;姓名总是有', 'fields: [category, source]'),
  },
} as const satisfies Record<string, Record<string, KeyWords>>;

export type Section = keyof typeof KEYS;

/** Which part a key belongs to, by the path it stands at; `*` is an id, `#` a place in a list. */
const PLACES: readonly (readonly [RegExp, Section])[] = (
  [
    ['', 'playbook'],
    ['figures/*/', 'figure'],
    ['registers/*/', 'register'],
    ['registers/*/(?:add|end|cover)/', 'act'],
    ['forms/*/', 'form'],
    ['(?:forms|registers)/*/fields/*/', 'field'],
    ['(?:forms|registers)/*/fields/*/options/#/', 'option'],
    ['forms/*/subject/', 'subject'],
    ['forms/*/every/', 'every'],
    ['forms/*/every/#/', 'session'],
    ['forms/*/while/', 'while'],
    ['forms/*/ladder/#/', 'step'],
    ['alerts/*/', 'alert'],
    ['phases/*/', 'phase'],
    ['slices/*/', 'slice'],
  ] as const
).map(([place, section]) => {
  const pattern = place.replaceAll('*', '[^/]+').replaceAll('#', '\\d+');
  return [new RegExp(`^${pattern}[$a-zA-Z]+$`), section];
});

/** The part of the language that the last key of a path belongs to; null where that key is an id, a word or a number. */
export function sectionOf(path: readonly string[]): Section | null {
  const text = path.join('/');
  return PLACES.find(([place]) => place.test(text))?.[1] ?? null;
}

/** What the last key of a path is, and an example; null where it is an id or a word. */
export function keyWords(path: readonly string[]): KeyWords | null {
  const section = sectionOf(path);
  const words: Readonly<Record<string, KeyWords>> = section ? KEYS[section] : {};
  return words[path.at(-1) ?? ''] ?? null;
}

/** The keys that may stand where the last one of a path does. */
export function keysBeside(path: readonly string[]): readonly string[] {
  const section = sectionOf(path);
  return section ? Object.keys(KEYS[section]) : [];
}
