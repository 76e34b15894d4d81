import "reflect-metadata";
import {
  type ArgumentMetadata,
  Controller,
  Logger,
  Module,
  type PipeTransform,
  UsePipes,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import {
  type ClientProxy,
  ClientProxyFactory,
  MessagePattern,
  type RmqOptions,
  RpcException,
  Transport,
} from "@nestjs/microservices";
import { firstValueFrom } from "rxjs";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { inFlight } from "../../harness/load.js";
import { profileSchema } from "../../harness/profile-schema.js";
import type { Meeting } from "./meeting.js";

/** Validation by a schema, as Nest's documentation has it. */
class ProfilePipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type !== "body") return value;
    const result = profileSchema.safeParse(value);
    if (result.success) return result.data;
    throw new RpcException(result.error.message);
  }
}

Logger.overrideLogger(["warn", "error"]);

@Controller()
class BenchController {
  @MessagePattern("pass")
  @UsePipes(new ProfilePipe())
  pass(profile: Profile): Profile {
    return profile;
  }
}

@Module({ controllers: [BenchController] })
class BenchModule {}

// By default nothing is acknowledged and there is no limit of prefetch: what is left is to send at once, and to keep
// the queue in memory. That the queue goes with its consumer is for the sake of a broker that is somebody's.
function optionsOf({ url, application, variant }: Meeting): RmqOptions {
  const isTuned = variant === "tuned";
  return {
    transport: Transport.RMQ,
    options: {
      urls: [url],
      queue: application,
      queueOptions: { autoDelete: true, ...(isTuned && { durable: false }) },
      ...(isTuned && { socketOptions: { connectionOptions: { noDelay: true } } }),
    },
  };
}

async function serve(meeting: Meeting): Promise<void> {
  const app = await NestFactory.createMicroservice<RmqOptions>(BenchModule, optionsOf(meeting));
  await app.listen();
}

let client: ClientProxy | undefined;

async function open(meeting: Meeting): Promise<void> {
  client = ClientProxyFactory.create(optionsOf(meeting));
  await client.connect();
}

answer({
  serve,
  open,
  ...inFlight((profile) => {
    if (client === undefined) throw new Error("the caller is not open");
    return firstValueFrom(client.send<Profile>("pass", profile));
  }),
});
