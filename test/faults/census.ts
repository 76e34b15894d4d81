import type { Broker } from "../setup/rabbitmq.js";

/** What a broker has: connections and channels of everybody, and what belongs to one application. */
export interface Census {
  readonly connections: number;
  readonly channels: number;
  readonly bindings: number;
  readonly queues: number;
  /** In the queues, taken by somebody or not. */
  readonly messages: number;
}

/** Counts, by one call of a program that takes a second to start. */
export async function takeCensus(broker: Broker, application: string): Promise<Census> {
  const lines = await broker.ctl(
    "eval",
    `Is = fun(Name) -> string:prefix(Name, <<"${application}.">>) =/= nomatch end,
     Queues = [Queue || Queue <- rabbit_amqqueue:list(<<"/">>), Is(element(4, amqqueue:get_name(Queue)))],
     Bindings = [Binding || Binding <- rabbit_binding:list(<<"/">>), Is(element(4, element(4, Binding)))],
     Messages = [Count || Queue <- Queues, {messages, Count} <- rabbit_amqqueue:info(Queue, [messages])],
     {length(rabbit_networking:connections()), length(rabbit_channel:list()),
      length(Bindings), length(Queues), lists:sum(Messages)}.`,
  );
  const [connections = 0, channels = 0, bindings = 0, queues = 0, messages = 0] = (
    lines.join("").match(/\d+/g) ?? []
  ).map(Number);
  return { connections, channels, bindings, queues, messages };
}
