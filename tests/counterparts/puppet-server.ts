/** The process of the WeChat counterpart. Arguments: port, journal file, options as JSON. */
import { dirname } from 'node:path';
import { log } from 'wechaty-puppet';
import { serveOrders } from './process.ts';
import type { Answered, Carried, Orders, Said, Sent, ServerOptions } from './puppet/orders.ts';
import { People } from './puppet/people.ts';
import { RecordingPuppet } from './puppet/recording-puppet.ts';
import { WatchedServer } from './puppet/watched-server.ts';
import { type Message, World } from './puppet/world.ts';

const [port = '', journal = '', json = ''] = process.argv.slice(2);
const options = JSON.parse(json) as ServerOptions;

log.level('silent');
// The stock service calls what gRPC has come to deprecate; that is nobody's news here.
process.noDeprecation = true;
// Uploaded files lie in a folder of the system's, where a kill would leave them behind; the journal's is cleaned.
process.env.TMPDIR = dirname(journal);

const world = new World(journal, options.self);
const puppet = new RecordingPuppet(world, options);
const server = new WatchedServer({
  puppet,
  endpoint: `127.0.0.1:${port}`,
  token: options.token,
  tls: { disable: !options.tls },
});
const people = new People(world, puppet, server);
await server.start();

const saidOf = ({ id, roomId, talkerId, text }: Message): Said => {
  const { told, delivered } = world.told.get(id) ?? { told: 0, delivered: 0 };
  return { id, room: roomId || null, from: talkerId, text, told, delivered };
};

const sentOf = ({ id, roomId, listenerId, text, mentionIds, file, timestamp }: Message): Sent => ({
  id,
  conversationId: roomId || listenerId,
  text: file ? null : text,
  mentionIds,
  file: file && { name: file.name, size: Buffer.byteLength(file.bytes, 'base64') },
  at: timestamp,
});

type Handlers = { [Name in keyof Orders]: (carried: Carried<Name>) => Answered<Name> | Promise<Answered<Name>> };

const handlers: Handlers = {
  self: () => world.self,
  addRoom: (room) => people.addRoom(room),
  addContact: (contact) => people.addContact(contact),
  says: (sayings) => sayings.map((saying) => people.says(saying)),
  saysFile: (saying) => people.saysFile(saying),
  recalls: (id) => people.recalls(id),
  repeat: (id) => people.repeat(id),
  replay: (count) => people.replay(count),
  shuffle: (batch) => people.shuffle(batch),
  renamesRoom: (renaming) => people.renamesRoom(renaming),
  invitesToRoom: (invitation) => people.invitesToRoom(invitation),
  asksFriendship: (request) => people.asksFriendship(request),
  joins: (move) => people.joins(move),
  leaves: (move) => people.leaves(move),
  login: () => puppet.logIn(),
  logout: () => people.logout(),
  relogin: (ids) => people.relogin(ids),
  said: (after) => world.said.slice(after).map(saidOf),
  sent: (after) => world.sent.slice(after).map(sentOf),
  fileOf: (id) => world.message(id).file?.bytes ?? '',
  accepted: () => world.accepted,
  calls: () => Object.fromEntries(server.calls),
  streams: () => server.streams(),
  fault: (fault) => server.fault(fault),
  clearFaults: () => server.clearFaults(),
};
serveOrders(handlers);
