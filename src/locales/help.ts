/** What each command does in a few words, and lines that show how it is typed. */
export interface HelpWords {
  meaning: string;
  /** Lines that parse to the command; the first one is shown in the list. */
  examples: readonly [string, ...string[]];
}

/** How a playbook's form is called and typed; help speaks of the form there is. */
export interface FormWords {
  name: string;
  /** `/日报 0` */
  simplest: string;
  /** `/日报 2 返乡1 发热1` */
  fuller: string;
  /** What stands for nothing to report: `0`, after the form's name. */
  zero: string;
}

/** The words of help for a form. */
export const helpFor = (form: FormWords) =>
  ({
    claim: { meaning: '用认领码说明您是谁', examples: ['/认领 8F3K'] },
    report: {
      meaning: `报今天的;有情况写数字,如 ${form.fuller}`,
      examples: [form.simplest, form.fuller, `/补报 昨天 ${form.zero} 停电`],
    },
    correct: { meaning: '改正已报的数字', examples: ['/更正 1'] },
    withdraw: { meaning: '收回今天的报告,可以重新报', examples: ['/撤回'] },
    behalf: { meaning: '替一个网格报,写上原因', examples: [`/代报 三网格 ${form.zero} 王五手机坏了`] },
    rest: { meaning: '打过电话,其余都报 0', examples: [`/代报 其余 ${form.zero} 已电话核实`] },
    confirm: { meaning: '确认刚才显示的事', examples: ['/确认'] },
    acknowledge: { meaning: '告诉大家这条预警有人在处理', examples: ['/收到 3', '/收到'] },
    missing: { meaning: '谁还没报', examples: ['/未报'] },
    rollup: { meaning: '汇总表,带图片和 Excel', examples: ['/汇总', '/汇总 昨天'] },
    nudge: { meaning: '在群里催一次还没报的(半小时内只催一次)', examples: ['/催报'] },
    progress: { meaning: '报了多少', examples: ['/进度'] },
    leave: { meaning: '请假并写明谁代', examples: ['/请假 今天 李四代', '/请假 明天'] },
    back: { meaning: '提前销假', examples: ['/销假'] },
    exempt: { meaning: '说明某网格这天不用报,要写原因', examples: ['/免报 三网格 今天 整组搬迁'] },
    bind: { meaning: '把本群设为某个单位的群', examples: ['/绑定 福山地村'] },
    addAccount: { meaning: '在另一个平台上也用我:私聊里给您一个认领码', examples: ['/加账号'] },
    me: { meaning: '我是谁、今天报了没有', examples: ['/我'] },
    coverage: { meaning: '谁包保、往上找谁、缺口在哪', examples: ['/包保', '/包保 缺口', '/包保 12户'] },
    failures: { meaning: '哪些消息没送到', examples: ['/未送达'] },
    chain: { meaning: '粘贴接龙,一行一个网格', examples: [`#接龙\n1. 一网格 ${form.zero}\n2. 二网格 ${form.zero}`] },
    help: { meaning: '能发什么', examples: ['/帮助', `/帮助 ${form.name}`] },
  }) satisfies Record<string, HelpWords>;

/** What people can be told about: the commands, and two ways to report for others. */
export type HelpName = keyof ReturnType<typeof helpFor>;
/** What is done with registers, sweeps and phases: help on them is made of the playbook's own words. */
export const PLAYBOOK_COMMANDS = ['add', 'end', 'cover', 'look', 'sweep', 'phase'] as const;
export type PlaybookCommandName = (typeof PLAYBOOK_COMMANDS)[number];
export type CommandName = Exclude<HelpName, 'behalf' | 'rest'> | PlaybookCommandName;
