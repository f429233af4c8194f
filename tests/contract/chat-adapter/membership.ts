/** How the bot comes into groups and out of them, and what becomes of their names and ids. */
import { describe, expect, it } from 'vitest';
import { soon } from '../../support/soon.ts';
import { type Stage, TOWNSHIP_TITLE, VILLAGE_TITLE } from './fixture.ts';
import { plain, type Scene } from './scene.ts';

export function membership<S extends Stage>(scene: Scene<S>): void {
  describe('groups', () => {
    scene.with('renames', (renames) => {
      it('tells a new title, and gives it with what is said from then on', async () => {
        const ear = await scene.listen();
        const { village } = scene.stage;
        await scene.stage.says([{ chat: village, text: '改名前' }]);
        await ear.hears('改名前');
        await renames(scene.stage, village, '福山地村工作群');
        await scene.stage.says([{ chat: village, text: '改名后' }]);
        expect(await ear.told('renamed')).toEqual({ type: 'renamed', chat: village, title: '福山地村工作群' });
        expect((await ear.hears('改名后')).chatTitle).toBe('福山地村工作群');
      });
    });

    scene.with('adds', (adds) => {
      it('tells that it came into a group, under one id however often it is told', async () => {
        const ear = await scene.listen();
        const chat = await adds(scene.stage);
        await scene.stage.says([{ chat, text: '欢迎' }]);
        await ear.hears('欢迎', chat);
        const joined = ear.all('joined');
        expect(joined[0]).toEqual({ type: 'joined', id: expect.any(String), chat, title: '新群' });
        expect(new Set(joined.map(({ id }) => id)).size).toBe(1);
        await scene.stage.adapter.send(chat, plain('大家好'));
        expect((await scene.stage.seen(chat)).map(({ text }) => text)).toEqual(['大家好']);
      });
    });

    scene.with('removes', (removes) => {
      it('tells that it is out of a group, and is refused there', async () => {
        const ear = await scene.listen();
        const { village, township, adapter } = scene.stage;
        await removes(scene.stage, village);
        expect(await ear.told('left')).toEqual({ type: 'left', chat: village });
        expect(await scene.failureOf(adapter.send(village, plain('还在吗')))).toMatchObject({ kind: 'refused' });
        await adapter.send(township, plain('这里还在'));
      });
    });

    scene.with('invites', (invites) => {
      it('hands on who asks it in, and is in the group only when that was accepted', async () => {
        const ear = await scene.listen();
        ear.gate = async (event) => {
          if (event.type === 'invitation') await event.accept();
        };
        const inviter = await invites(scene.stage);
        expect(await ear.told('invitation')).toMatchObject({
          platform: scene.stage.adapter.platform,
          inviter,
          title: '新群',
        });
        expect(await ear.told('joined')).toMatchObject({ title: '新群' });
      });

      it('stays out where nobody accepts', async () => {
        const ear = await scene.listen();
        await invites(scene.stage);
        await ear.told('invitation');
        await scene.stage.says([{ chat: scene.stage.village, text: '别处' }]);
        await ear.hears('别处');
        expect(ear.all('joined')).toEqual([]);
      });
    });

    scene.with('moves', (moves) => {
      it('follows a group to its new id, telling of that before what is said there', async () => {
        const ear = await scene.listen();
        const { village, adapter } = scene.stage;
        await scene.stage.says([{ chat: village, text: '搬前' }]);
        const chat = await moves(scene.stage, village);
        await scene.stage.says([{ chat, text: '搬后' }]);
        await ear.hears('搬后', chat);
        const moved = { type: 'renamed', chat, title: VILLAGE_TITLE, movedFrom: village };
        const said = ear.taken.filter(({ type }) => type === 'message' || type === 'renamed');
        expect(said.find(({ type }) => type === 'renamed')).toEqual(moved);
        expect(said.map((event) => (event.type === 'message' ? event.text : event.type)).join(' ')).toMatch(
          /^搬前 (renamed )+搬后$/,
        );
        // What was on its way to the old id still arrives, once.
        await adapter.send(village, plain('发往旧群'));
        await soon(async () => expect((await scene.stage.seen(chat)).map(({ text }) => text)).toEqual(['发往旧群']));
      });
    });

    scene.with('listsGroups', () => {
      it('tells all its groups before anything that is said in them', async () => {
        const ear = await scene.listen();
        const { village, township, adapter } = scene.stage;
        await scene.stage.says([{ chat: village, text: '早' }]);
        await ear.hears('早');
        const [first] = ear.taken;
        const byId = (a: { chat: { id: string } }, b: { chat: { id: string } }) => a.chat.id.localeCompare(b.chat.id);
        const groups = [
          { chat: village, title: VILLAGE_TITLE },
          { chat: township, title: TOWNSHIP_TITLE },
        ].sort(byId);
        expect(first).toMatchObject({ type: 'groups', platform: adapter.platform, complete: true });
        expect(first?.type === 'groups' && [...first.groups].sort(byId)).toEqual(groups);
      });
    });
  });
}
