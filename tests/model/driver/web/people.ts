import { doctorLogin, session, staffLogin } from '#support/logins.ts';
import type { RunningProduct } from '#support/running-product.ts';
import type { Who } from '../../reference/permission.ts';
import type { Lane } from '../lane.ts';
import type { Play } from '../stage.ts';
import { nowOf } from '../stage.ts';

/** Who sits before the browser: everybody of a lane with a session of his own, and the clock they live by. */
export class People {
  readonly #lane: Lane;
  readonly #product: RunningProduct;
  /** First and second person of each office. */
  readonly #offices: ReadonlyMap<number, readonly string[]>;
  readonly #contractor: string;
  readonly #stranger: string;
  #doctors: string[] = [];

  private constructor(
    lane: Lane,
    product: RunningProduct,
    staff: { offices: Map<number, string[]>; contractor: string; stranger: string },
  ) {
    this.#lane = lane;
    this.#product = product;
    this.#offices = staff.offices;
    this.#contractor = staff.contractor;
    this.#stranger = staff.stranger;
  }

  static async of(lane: Lane, product: RunningProduct): Promise<People> {
    const { owner } = lane;
    const { rows } = await owner.query<{ id: string; account: string; office: number }>(
      'SELECT id, account_id AS account, association_id AS office FROM staff_member WHERE association_id = ANY ($1) ORDER BY id',
      [[...lane.offices.keys()]],
    );
    const offices = new Map<number, string[]>();
    for (const { id, account, office } of rows)
      offices.set(office, [...(offices.get(office) ?? []), await session(owner, account, { staffId: id })]);
    const contractor = await staffLogin(owner, { associationId: lane.contractor.associationId, role: 'trainingContractor' });
    const stranger = await doctorLogin(owner, lane.stranger.personId);
    return new People(lane, product, { offices, contractor: contractor.cookie, stranger: stranger.cookie });
  }

  /** The doctors of a new run log in. */
  async admit(play: Play): Promise<void> {
    this.#doctors = [];
    for (const doctor of play.doctors) this.#doctors.push((await doctorLogin(this.#lane.owner, doctor.personId)).cookie);
  }

  /** It is noon of the model's day, and everybody has logged in that morning. */
  async wakeUp(play: Play): Promise<void> {
    const now = nowOf(play.model);
    await this.#product.tellTime(now);
    await this.#lane.owner.query("UPDATE session SET seen_at = $1, expires_at = $1::timestamptz + interval '10 hours'", [now]);
  }

  cookieOf(who: Who): string {
    if ('doctor' in who) return this.#doctors[who.doctor] ?? this.#stranger;
    if (who.role === 'trainingContractor') return this.#contractor;
    const [first = '', second = first] = this.#offices.get(who.office) ?? [];
    return who.person === 1 ? second : first;
  }
}
