/** Groups the bot is no longer in: whoever is above them can bring it back. */
import { isLost } from '../core/lost-groups.ts';
import { zh } from '../locales/zh-CN.ts';
import { type Composer, plain } from './compose.ts';

export const composeGroupsLost: Composer<'groupsLost'> = ({ unitIds }, { county, view }) => {
  const names = unitIds.filter((id) => isLost(county, id)).flatMap((id) => view.unit(id)?.name ?? []);
  return names.length > 0 ? plain(zh.groupsLost(names)) : null;
};
