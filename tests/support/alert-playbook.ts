/** A practice with thresholds: three fevers in a village in two days, and a gathering in a grid. */
import { checkPlaybook, type Playbook, together } from '../../src/core/playbook/index.ts';

const DAILY = {
  name: '日报',
  measureWords: ['人', '名'],
  subject: 'grid',
  every: 'day',
  fields: {
    fever: { name: '发热', type: 'count', required: true, bare: true },
    gathering: { name: '聚集', type: 'count' },
  },
  opens: '00:00',
  due: '18:00',
  locks: '+1d 12:00',
};

/** Tells the village and the township of fevers, the township alone of gatherings. */
export function alertPlaybook(): Playbook {
  const alerts = {
    fevers: {
      name: '聚集性发热',
      form: 'daily',
      field: 'fever',
      in: 'village',
      days: 2,
      atLeast: 3,
      tell: ['village', 'township'],
    },
    crowd: { name: '聚集', form: 'daily', field: 'gathering', in: 'grid', atLeast: 10, tell: ['township'] },
  };
  return together([checkPlaybook({ id: 'watch', name: '预警', forms: { daily: DAILY }, alerts })]);
}
