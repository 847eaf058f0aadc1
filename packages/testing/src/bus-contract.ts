import { eventually } from './eventually.ts';

interface Bus {
  publish(topic: string, message: unknown): Promise<void>;
  subscribe(topic: string, listen: (message: unknown) => void, onGap?: () => void): () => void;
}

export interface BusUnderTest {
  bus: Bus;
  /** The bus of another process; null where there is none. */
  other: Bus | null;
}

/** What every bus does. */
export function busContract(name: string, given: () => BusUnderTest) {
  describe(`bus: ${name}`, () => {
    let next = 0;
    const topicOfItsOwn = () => `${name}.${next++}`;
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

    test('a message reaches every subscriber of its topic here, once, as it is published', async () => {
      const { bus } = given();
      const topic = topicOfItsOwn();
      const heard: unknown[] = [];
      bus.subscribe(topic, (message) => heard.push(['one', message]));
      bus.subscribe(topic, (message) => heard.push(['two', message]));
      bus.subscribe(`${topic}.else`, (message) => heard.push(['three', message]));
      const published = bus.publish(topic, { id: 1 });
      expect(heard).toEqual([
        ['one', { id: 1 }],
        ['two', { id: 1 }],
      ]);
      await published;
      await bus.publish(topic, 'last');
      expect(heard).toHaveLength(4);
    });

    test('nothing is heard after the subscription ended', async () => {
      const { bus } = given();
      const topic = topicOfItsOwn();
      const heard: unknown[] = [];
      const end = bus.subscribe(topic, (message) => heard.push(message));
      await bus.publish(topic, 1);
      end();
      end();
      await bus.publish(topic, 2);
      expect(heard).toEqual([1]);
    });

    test('a subscriber that publishes does not disturb the order for others', async () => {
      const { bus } = given();
      const topic = topicOfItsOwn();
      const heard: unknown[] = [];
      let answered: Promise<void> | null = null;
      bus.subscribe(topic, (message) => {
        if (message === 'question') answered = bus.publish(topic, 'answer');
      });
      bus.subscribe(topic, (message) => heard.push(message));
      await bus.publish(topic, 'question');
      await answered;
      expect(heard).toEqual(['question', 'answer']);
    });

    test('what cannot be sent is told here all the same', async () => {
      const { bus } = given();
      const topic = topicOfItsOwn();
      const heard: unknown[] = [];
      bus.subscribe(topic, (message) => heard.push(message));
      await bus.publish(topic, undefined);
      await bus.publish(topic, 10n);
      expect(heard).toEqual([undefined, 10n]);
    });

    test('another process hears all messages, in order, once, and no gap', async () => {
      const { bus, other } = given();
      if (other === null) return;
      const topic = topicOfItsOwn();
      const [here, there]: [unknown[], unknown[]] = [[], []];
      let gaps = 0;
      bus.subscribe(topic, (message) => here.push(message));
      other.subscribe(
        topic,
        (message) => there.push(message),
        () => gaps++,
      );
      await Promise.all(numbers(250).map((number) => bus.publish(topic, { number })));
      await eventually(() => there.length >= 250);
      await other.publish(topic, 'back');
      await eventually(() => here.length >= 251);
      const all = [...numbers(250).map((number) => ({ number })), 'back'];
      expect(here).toEqual(all);
      expect(there).toEqual(all);
      expect(gaps).toBe(0);
    });
  });
}
