import type { Span } from '../harness/spans.ts';
import { pause, until } from '../harness/wait.ts';
import { lessonOf, titleOf, type EveningWorld, type Room } from './evening-world.ts';
import { secondsOf, type Told } from './front.ts';
import type { Fact } from './model.ts';
import { phonesOf, STEP, type PhoneAnswer, type Phones } from './phones.ts';
import { Roll } from './roll.ts';
import { RoomScreen, type Screen } from './screen.ts';
import { moments, type Away, type Deed, type Moment, type Script } from './script.ts';

const service = /\/(api|xapi|oauth)\//;
const otherScreen = /(^|。)(下一课：|课都看完了|大家说一说)/;

/** What came of an evening, for the table at the end. */
export interface Lived {
  facts: Fact[];
  kills: number;
  outages: number;
  phones: number;
  /** Check-ins that the service refused, as it must. */
  refused: number;
}

/** Leads one evening in a room through its screen, as its script says, and writes down what was seen. */
export class Host {
  readonly #world: EveningWorld;
  readonly #room: Room;
  readonly #evening: number;
  readonly #script: Script;
  readonly #screen: RoomScreen;
  readonly #roll: Roll;
  readonly #phones: Phones;
  readonly #told: Told | undefined;
  readonly #lived: Lived = { facts: [], kills: 0, outages: 0, phones: 0, refused: 0 };
  readonly #kills: Set<Moment>;
  readonly #toDo: { roll: Deed[]; talk: Deed[]; pause: Deed[] };
  #seen: Span[];
  #lesson: 'a' | 'b' = 'a';
  #stopped = false;
  #noted = 0;

  constructor(world: EveningWorld, room: Room, evening: number, script: Script) {
    [this.#world, this.#room, this.#evening, this.#script] = [world, room, evening, script];
    this.#screen = new RoomScreen(room.tv);
    this.#roll = new Roll(this.#screen, room.people);
    this.#phones = phonesOf(world.front.url);
    this.#told = world.front.told(room.id);
    this.#kills = new Set(script.kills);
    this.#toDo = { roll: [...script.roll], talk: [...script.talk], pause: [...script.pause] };
    this.#seen = room.witness.spans('').map((span) => ({ ...span }));
  }

  /** From the set-up to the end. */
  async lead(): Promise<Lived> {
    await this.#room.tv.restart('#together');
    let next: Screen | 'over' = await this.#screen.next();
    while (next !== 'over') next = await this.#at(next);
    await this.#pass('closing', true);
    return this.#lived;
  }

  #at(screen: Screen): Promise<Screen | 'over'> {
    switch (screen) {
      case 'setup':
        return this.#setUp();
      case 'roll':
        return this.#callRoll();
      case 'cue':
        return this.#cue();
      case 'found-again':
        return this.#goOn();
      case 'discussion':
        return this.#discuss();
      case 'after':
        return this.#after();
      case 'closing':
        return this.#close();
    }
  }

  async #setUp(): Promise<Screen> {
    if (await this.#pass('setup')) return this.#plugIn();
    const wanted = `第${this.#evening + 1}晚`;
    const { tv } = this.#screen;
    await this.#screen.move('Up');
    await this.#screen.move('Down');
    for (let tries = 0; !(await tv.saying()).includes(wanted); tries++) {
      if (tries > 60) throw new Error(`No ${wanted}; now: ${await tv.saying()}`);
      await this.#screen.move('Right');
    }
    await this.#screen.press(/开始点名/, 'Down', 'Down');
    await this.#screen.catchUp();
    await tv.press('Enter');
    return this.#screen.next();
  }

  async #callRoll(): Promise<Screen> {
    if (await this.#pass('roll')) return this.#plugIn();
    while (this.#toDo.roll.length > 0) {
      const deed = this.#toDo.roll[0]!;
      if (deed.deed === 'tick' && this.#kills.has('ticking')) {
        await this.#pass('ticking', true);
        return this.#killedWhileTicking(deed.who);
      }
      await this.#do(deed, true);
      this.#toDo.roll.shift();
    }
    await this.#pass('ticking', true);
    await this.#roll.toButtons();
    await this.#screen.button('开始学习');
    return this.#screen.next();
  }

  /** OK, and the plug is pulled before anything is said: what the screen has afterwards is what counts. */
  async #killedWhileTicking(who: number): Promise<Screen> {
    const was = await this.#roll.isHere(who);
    await this.#room.tv.press('Enter');
    await this.#unplug('ticking');
    const screen = await this.#plugIn();
    const here = await this.#roll.isHere(who);
    if (here !== was)
      this.#note({ fact: here ? 'here' : 'not-here', person: this.#roll.id(who), called: true });
    return screen;
  }

  async #cue(): Promise<Screen> {
    const { tv } = this.#screen;
    const all = (await tv.said()).join(' ');
    this.#lesson = all.includes(titleOf(this.#evening, 'b')) ? 'b' : 'a';
    if (await this.#pass(this.#lesson === 'a' ? 'cue' : 'second-cue')) return this.#plugIn();
    await this.#screen.press(new RegExp(`(^|。)${titleOf(this.#evening, this.#lesson)}`), 'Enter');
    return this.#watch();
  }

  async #goOn(): Promise<Screen> {
    await this.#room.tv.press('Enter');
    return this.#watch();
  }

  /** The picture moves: to the end, to a question, to a stop, or to a power cut. */
  async #watch(): Promise<Screen> {
    const kill: Moment = this.#lesson === 'a' ? 'lesson' : 'second-lesson';
    const past = (position: number) => () => (this.#room.witness.position('') ?? 0) >= position;
    const stops = this.#lesson === 'b' && !this.#stopped;
    const next = await this.#screen.next({
      ...(this.#kills.has(kill) ? { kill: past(this.#script.killAt) } : {}),
      ...(stops ? { stop: past(this.#script.stopAt) } : {}),
    });
    this.#look();
    if (next === 'kill') {
      await this.#pass(kill);
      return this.#plugIn();
    }
    if (next === 'stop') return this.#stop();
    await this.#pass(kill, true);
    return next;
  }

  async #stop(): Promise<Screen> {
    const { tv } = this.#screen;
    const since = (await tv.said()).length;
    await tv.press('Enter');
    // On a slow machine the lesson may be over by now.
    const stopped = await until('the picture to stop', async () => {
      if ((await tv.said()).slice(since).some((words) => otherScreen.test(words))) return 'not';
      return (await tv.video()).paused && 'stopped';
    });
    if (stopped === 'not') return this.#screen.next();
    this.#stopped = true;
    await this.#people(this.#toDo.pause);
    if (this.#kills.has('people')) {
      await this.#pass('people');
      return this.#plugIn();
    }
    if (this.#script.skipsTheEnd) {
      await this.#screen.button('跳过这一课', otherScreen);
      return this.#screen.next();
    }
    await this.#screen.button('播放', /./);
    return this.#watch();
  }

  async #discuss(): Promise<Screen> {
    if (await this.#pass('discussion')) return this.#plugIn();
    if (this.#toDo.talk.length > 0) await this.#people(this.#toDo.talk);
    await this.#screen.button('说完了', /./);
    return this.#watch();
  }

  /** Opens the list over the picture, does what is to be done there, and closes it. */
  async #people(deeds: Deed[]): Promise<void> {
    this.#look();
    if (deeds.length === 0) return;
    await this.#screen.button('人员', /(到了|没到)/);
    for (let deed = deeds.shift(); deed; deed = deeds.shift()) await this.#do(deed, false);
    await this.#screen.press(/人员/, 'Back');
  }

  async #after(): Promise<Screen> {
    this.#look();
    const { tv } = this.#screen;
    for (; this.#noted < this.#script.notes; this.#noted++) {
      await this.#screen.press(/(没选|选上了)/, 'Up');
      if (this.#noted > 0) await this.#screen.press(/(没选|选上了)/, 'Right');
      await this.#screen.press(/选上了/, 'Enter');
      for (let rows = 0; rows < 2 && !/结束并记下/.test(await this.#screen.move('Down')); rows++);
    }
    if (await this.#pass('note')) return this.#plugIn();
    await this.#screen.button('结束并记下', /结束今天的学习/);
    await tv.press('Enter');
    if (await this.#pass('ending')) return this.#plugIn();
    return this.#screen.next();
  }

  async #close(): Promise<Screen | 'over'> {
    if (await this.#pass('closing')) return this.#plugIn();
    await this.#screen.tv.press('Enter');
    await until(
      'the TV to leave the evening',
      async () => (await this.#screen.tv.page.evaluate(() => location.hash)) !== '#together',
    );
    return 'over';
  }

  async #do(deed: Deed, called: boolean): Promise<void> {
    const id = 'who' in deed ? this.#roll.id(deed.who) : '';
    switch (deed.deed) {
      case 'tick':
        return this.#note(...(await this.#roll.set(deed.who, true, called)));
      case 'leave':
        return this.#note(...(await this.#roll.set(deed.who, false, called)));
      case 'mistake':
        return this.#mistake(deed.who, deed.way);
      case 'guests':
        return this.#countGuests(deed.count);
      case 'phone':
        return this.#phone(id, deed.typed, deed.twice);
      case 'phone-sent-away':
        return this.#sendAway(deed.who);
      case 'phone-guest':
        return this.#phoneGuest();
      case 'wrong-codes':
        return this.#wrongCodes();
      case 'late':
        if (deed.by === 'tick' || !(await this.#latePhone(id)))
          this.#note(...(await this.#roll.set(deed.who, true, called)));
    }
  }

  async #mistake(who: number, way: 'undo' | 'again'): Promise<void> {
    const done = await this.#roll.set(who, true, true);
    this.#note(...done);
    if (way === 'again') return this.#note(...(await this.#roll.set(who, false, true)));
    if (done.length === 0) return;
    await this.#roll.toButtons();
    await this.#screen.button('撤销', /已撤销/);
    this.#note({ fact: 'undone', person: this.#roll.id(who) });
  }

  async #countGuests(count: number): Promise<void> {
    const { tv } = this.#screen;
    await this.#roll.isHere(0);
    await this.#roll.toButtons();
    await this.#screen.button('群众人数');
    const digits = [...String(count)].map(Number);
    await this.#screen.press(new RegExp(`群众 ${count} 人`), ...digits);
    await tv.press('Enter', 'Up');
    this.#note({ fact: 'guests', count });
  }

  async #phone(person: string, typed: boolean, twice: boolean): Promise<void> {
    await this.#withPhone(async (told) => {
      const taken = await this.#phones.take(told, { typed });
      if (this.#isRefused(taken)) return;
      if (this.#isRefused(await this.#phones.checkIn(told, person, taken.ticket))) return;
      this.#lived.phones += 1;
      this.#note({ fact: 'phoned', person });
      if (!twice) return;
      const again = await this.#phones.take(told, { typed });
      if (this.#isRefused(again)) return;
      this.#mustRefuse(await this.#phones.checkIn(told, person, again.ticket), 'already-checked-in');
      this.#mustRefuse(await this.#phones.guest(told, taken.ticket), 'ticket-used');
    });
  }

  async #sendAway(who: number): Promise<void> {
    const person = this.#roll.id(who);
    await this.#phone(person, false, false);
    if (!this.#lived.facts.some((one) => one.fact === 'phoned' && one.person === person)) return;
    // The box asks every few seconds; without network it does not hear of it, and nobody is sent away.
    for (let tries = 0; tries < 4; tries++) {
      if (await this.#roll.isHere(who)) return this.#note(...(await this.#roll.set(who, false, true)));
      await pause(1.5);
    }
  }

  async #phoneGuest(): Promise<void> {
    await this.#withPhone(async (told) => {
      const taken = await this.#phones.take(told);
      if (this.#isRefused(taken)) return;
      const { status } = await this.#phones.guest(told, taken.ticket);
      if (status === 201) this.#note({ fact: 'guest-phoned' });
    });
  }

  async #wrongCodes(): Promise<void> {
    await this.#withPhone(async (told) => {
      this.#mustRefuse(await this.#phones.take({ ...told, secret: '00'.repeat(32) }), 'code-wrong');
      if (secondsOf(told) > 4 * STEP)
        this.#mustRefuse(await this.#phones.take(told, { stepsAgo: 3 }), 'code-too-old');
    });
  }

  /** @returns whether it came to anything */
  async #latePhone(person: string): Promise<boolean> {
    const told = this.#newsOf();
    if (!told) return false;
    // A code that was on the screen before the picture stood says that they were there before.
    const step = Math.floor(secondsOf(told) / STEP) + 1;
    await until('the next code', () => secondsOf(told) > step * STEP + 0.5, STEP + 5);
    const before = this.#lived.facts.length;
    await this.#phone(person, false, false);
    return this.#lived.facts.length > before;
  }

  async #withPhone(work: (told: Told) => Promise<void>): Promise<void> {
    const told = this.#newsOf();
    if (told) await this.#world.whileThere(() => work(told));
  }

  /** What the service was told of this very session, if it was. */
  #newsOf(): Told | undefined {
    const told = this.#world.front.told(this.#room.id);
    return told?.session === this.#told?.session ? undefined : told;
  }

  #isRefused({ status }: PhoneAnswer): boolean {
    if (status < 300) return false;
    this.#lived.refused += 1;
    return true;
  }

  #mustRefuse(answer: PhoneAnswer, code: string): void {
    if (answer.code !== code) throw new Error(`${code} was to be refused: ${JSON.stringify(answer)}`);
    this.#lived.refused += 1;
  }

  #note(...facts: Fact[]): void {
    this.#lived.facts.push(...facts);
  }

  /** Writes down what the screen has shown since the last look; whoever comes or goes does so now. */
  #look(): void {
    const spans = this.#room.witness.spans('').map((span) => ({ ...span }));
    spans.forEach(({ start, end }, at) => {
      const from = this.#seen[at]?.end ?? start;
      if (end > from)
        this.#note({
          fact: 'shown',
          ...{ lesson: lessonOf(this.#evening, this.#lesson), part: { start: from, end } },
        });
    });
    this.#seen = spans;
  }

  /**
   * A moment of the script has come: what goes away or comes back does so, and the plug may be pulled.
   * @param spare only the outages
   * @returns whether the TV is off now
   */
  async #pass(moment: Moment, spare = false): Promise<boolean> {
    await this.#outage(moment);
    if (spare || !this.#kills.has(moment)) return false;
    await this.#unplug(moment);
    return true;
  }

  async #outage(moment: Moment): Promise<void> {
    const { network, service: gone } = this.#script;
    const { context } = this.#room.tv;
    const reached = (one: Moment | 'afterwards'): boolean =>
      one !== 'afterwards' && moments.indexOf(one) <= moments.indexOf(moment);
    const isAway = (away: Away | null): boolean => !!away && reached(away.from) && !reached(away.to);
    if (isAway(network) && !this.#offline) {
      this.#lived.outages += 1;
      this.#offline = true;
      await context.route(service, (route) => route.abort());
    } else if (!isAway(network) && this.#offline) await this.#online();
    if (isAway(gone) !== this.#serviceAway) {
      this.#serviceAway = !this.#serviceAway;
      if (this.#serviceAway) this.#lived.outages += 1;
      await this.#world.away(this.#room.id, this.#serviceAway);
    }
  }

  #offline = false;
  #serviceAway = false;

  async #online(): Promise<void> {
    this.#offline = false;
    await this.#room.tv.context.unroute(service);
  }

  /** After the evening, when everything is there again. */
  async comeBack(): Promise<void> {
    if (this.#offline) await this.#online();
    if (this.#serviceAway) await this.#world.away(this.#room.id, false);
    this.#serviceAway = false;
  }

  async #unplug(moment: Moment): Promise<void> {
    this.#kills.delete(moment);
    this.#lived.kills += 1;
    await this.#room.tv.unplug();
    this.#look();
  }

  async #plugIn(): Promise<Screen> {
    await this.#room.tv.plugIn('#together');
    this.#screen.isNew();
    return this.#screen.next();
  }
}
