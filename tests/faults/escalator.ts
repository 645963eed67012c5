/** One run of the escalation in a process of its own, at the moment `NOW`: what `escalation.test.ts` kills. */
import { system } from '../../api/access/actor.ts';
import { openCity } from '../../api/city.ts';
import { readConfig } from '../../api/config.ts';
import { addServicesFrom } from '../../api/engine/catalogue.ts';
import { escalate } from '../../api/escalation/escalate.ts';
import { connect } from '../../db/connect.ts';

const { DATABASE_URL: url = '', NOW: now = '' } = process.env;
const connection = connect(url, { max: 2 });
await addServicesFrom(new URL('../../api/services/', import.meta.url));
const parts = {
  sms: { send: async () => {} },
  keep: readConfig({}),
  settings: { publicNoticeDays: 5 },
  ended: () => {},
};
const city = await openCity(connection, parts);
const told = await escalate({ actor: system, db: connection.db, clock: () => new Date(now), locale: 'zh-CN', city });
process.stdout.write(`told ${told}\n`);
await city.stop();
await connection.close();
